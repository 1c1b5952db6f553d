import { Bool, Instant, Int, LongText, NestedList, OneOf, Text, TextList, Uuid } from '../../../shared/http/fields';
import { PageQuery } from '../../../shared/http/page';
import { IDENTIFIER_TYPES, INFORMAL_KINDS, type IdentifierType, type InformalKind } from '../domain/words';

const may = { optional: true, nullable: true } as const;

export class ProviderIdentifierDto {
  @OneOf(IDENTIFIER_TYPES, {
    example: 'IK',
    description: '`IK` (Institutionskennzeichen) is checked by its check digit',
  })
  identifierType: IdentifierType;
  @Text({ max: 50, example: '260326822' }) identifier: string;
}

export class ProviderContactDto {
  @Text({ example: 'Ms Berger' }) name: string;
  @Text({ ...may, example: 'intake' }) role?: string | null;
  @Text({ ...may, max: 50, pattern: /^[+0-9][0-9 ()/.-]{2,49}$/, example: '+49 30 1234567' }) phone?: string | null;
  @Text({ ...may, max: 254, pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, example: 'intake@debt-advice.example' }) email?:
    string | null;
}

export class ProviderLocationDto {
  @Text({ ...may, example: 'Counselling centre' }) name?: string | null;
  @Text({ ...may, example: 'Hauptstraße 12' }) address?: string | null;
  @Text({ ...may, max: 20, example: '50667' }) postalCode?: string | null;
  @Text({ ...may, example: 'Köln' }) city?: string | null;
  @Text({
    ...may,
    max: 8,
    pattern: /^\d{8}$/,
    example: '05315000',
    description: 'Amtlicher Gemeindeschlüssel, eight digits',
  })
  agsRegion?: string | null;
  @TextList({ optional: true, max: 30, example: ['wheelchair'] }) accessibility?: string[];
}

/** What may be said about a provider, when it is listed and later. */
class ProviderFields {
  @Bool({ optional: true, example: false, description: 'Informal help: self-help, neighbourhood, volunteers, family' })
  informal?: boolean;
  @OneOf(INFORMAL_KINDS, { ...may, description: 'Which kind; given exactly for informal help' })
  informalKind?: InformalKind | null;
  @Text({ ...may, example: 'registered association', description: 'HSDS `legal_status`' }) legalForm?: string | null;
  @LongText({ ...may, max: 4000, example: 'Free debt and insolvency advice.' }) description?: string | null;
  @Text({ ...may, max: 500, pattern: /^https?:\/\/\S+$/, example: 'https://debt-advice.example' }) website?:
    string | null;
  @NestedList(() => ProviderIdentifierDto, { optional: true, max: 20, description: 'HSDS `organization_identifiers`' })
  identifiers?: ProviderIdentifierDto[];
  @NestedList(() => ProviderContactDto, { optional: true, max: 50 }) contacts?: ProviderContactDto[];
  @NestedList(() => ProviderLocationDto, { optional: true, max: 50 }) locations?: ProviderLocationDto[];
  @TextList({
    optional: true,
    max: 20,
    example: ['municipality'],
    description: 'Who pays for the help of this provider',
  })
  payers?: string[];
}

export class ListProviderDto extends ProviderFields {
  @Text({ example: 'Debt Advice Centre' }) name: string;
}

export class ChangeProviderDto extends ProviderFields {
  @Text({ optional: true, example: 'Debt Advice Centre' }) name?: string;
}

export class ProvidersQuery extends PageQuery {
  @Text({ optional: true, example: 'debt', description: 'Part of the name' }) q?: string;
  @OneOf(['true', 'false'], { optional: true, description: 'Only informal help, or only institutions' }) informal?:
    'true' | 'false';
}

/** A provider as the directory knows it. */
export class ProviderView {
  @Uuid() id: string;
  @Int({ min: 1, max: 2_147_483_647 }) version: number;
  @Text({ example: 'Debt Advice Centre' }) name: string;
  @Bool() informal: boolean;
  @OneOf(INFORMAL_KINDS, { nullable: true }) informalKind: InformalKind | null;
  @Text({ nullable: true }) legalForm: string | null;
  @LongText({ nullable: true, max: 4000 }) description: string | null;
  @Text({ nullable: true, max: 500 }) website: string | null;
  @NestedList(() => ProviderIdentifierDto) identifiers: ProviderIdentifierDto[];
  @NestedList(() => ProviderContactDto) contacts: ProviderContactDto[];
  @NestedList(() => ProviderLocationDto) locations: ProviderLocationDto[];
  @TextList() payers: string[];
  @Instant() changedAt: string;
}
