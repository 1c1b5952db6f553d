import { type KeyObject, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts a text (AES-256-GCM) so that it opens only with the same key and for the same `purpose`. */
export function seal(text: string, key: KeyObject, purpose: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(purpose);
  const content = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]);
}

/** The text again; throws when anything of it was changed or it was sealed for something else. */
export function unseal(sealed: Buffer, key: KeyObject, purpose: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(purpose).setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString();
}
