import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = dirname(require.resolve('@expo-google-fonts/noto-sans/package.json'));
/** Kerning and ligatures: for Latin, Greek and Cyrillic text they change little, and setting text with them takes ten times as long. */
const LEFT_OUT = new Set(['GPOS', 'GSUB', 'GDEF']);

/** Noto Sans, which has every letter of the languages of Lotse, as pdfkit takes it. */
function noto(weight: string): Buffer {
  const font = readFileSync(join(folder, weight, `NotoSans_${weight}.ttf`));
  const count = font.readUInt16BE(4);
  const kept = Array.from({ length: count }, (_, i) => font.subarray(12 + 16 * i, 28 + 16 * i)).filter(
    (entry) => !LEFT_OUT.has(entry.toString('latin1', 0, 4)),
  );
  const header = Buffer.from(font.subarray(0, 12));
  header.writeUInt16BE(kept.length, 4);
  const parts: Buffer[] = [];
  let at = 12 + 16 * kept.length;
  const directory = kept.map((entry) => {
    const [from, length] = [entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const table = Buffer.alloc(Math.ceil(length / 4) * 4);
    font.copy(table, 0, from, from + length);
    const moved = Buffer.from(entry);
    moved.writeUInt32BE(at, 8);
    at += table.length;
    parts.push(table);
    return moved;
  });
  return Buffer.concat([header, ...directory, ...parts]);
}

let loaded: { regular: Buffer; bold: Buffer } | undefined;
/** The fonts of documents, read once. */
export const fonts = () => (loaded ??= { regular: noto('400Regular'), bold: noto('600SemiBold') });
