import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TenantKeys } from '../../../../shared/vault/tenant-keys';
import type { Token } from '../../domain/persons/person.tokens';

/** A token as it is stored: 64 bits of an HMAC, as PostgreSQL's bigint. */
export type BlindToken = { readonly token: string; readonly weight: number };

/** Blinds what persons are found by, with a key of the organisation: the same name has another token in each. */
@Injectable()
export class PersonTokens {
  constructor(private readonly keys: TenantKeys) {}

  async blind(tokens: readonly Token[]): Promise<BlindToken[]> {
    const { index } = await this.keys.ring();
    return tokens.map(({ text, weight }) => ({
      token: createHmac('sha256', index).update(text).digest().readBigInt64BE().toString(),
      weight,
    }));
  }
}
