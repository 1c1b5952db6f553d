const WIDTH = 100;
const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const red = paint(31);
const green = paint(32);
const cyan = paint(36);

let blank = false;
function print(line: string): void {
  blank = line === '';
  process.stdout.write(`${line}\n`);
}
/** One empty line, never two. */
const gap = () => blank || print('');
const told = new Set<string>();
let refusals = 0;

/** How many wrong moves were tried, and refused. */
export const wrongMoves = () => refusals;

export function title(text: string, lead: string): void {
  gap();
  print(bold(text));
  paragraph(lead, dim);
}

export function chapter(text: string): void {
  gap();
  print(cyan(`── ${bold(text)} ${'─'.repeat(Math.max(3, WIDTH - text.length - 4))}`));
  gap();
}

/** What happens. */
export const say = (text: string) => paragraph(text);

/** Something to remember. */
export const result = (text: string) => paragraph(text, green, '  ✓ ');

type Said = { code: string; detail: string };

/** A wrong move and why the API refused it; what it has explained before is cut to its first sentence. */
export function wrongMove(move: string, problem: Said & { status: number; unmet?: Said[]; errors?: Said[] }): void {
  refusals++;
  const inFull = !told.has(problem.detail);
  told.add(problem.detail);
  const detail = inFull ? problem.detail : problem.detail.replace(/(?<=[^.][.!?]) .*$/, ' …');
  paragraph(move, red, '  ✗ ');
  paragraph(`${problem.status} ${problem.code}: “${detail}”`, dim, '    ');
  for (const reason of [...(problem.unmet ?? []), ...(problem.errors ?? [])])
    paragraph(`“${reason.detail}”`, dim, '    – ');
}

/** A small table; columns of numbers are aligned to the right, the widest column is wrapped where it has to be. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const columns = head.map((name, i) => [name, ...rows.map((row) => row[i] ?? '')]);
  const numeric = columns.map(([, ...cells]) => cells.every((cell) => /^[−+]?[\d.–]+$/.test(cell)));
  const widths = columns.map((cells) => Math.max(...cells.map(({ length }) => length)));
  const excess = widths.reduce((sum, width) => sum + width + 2, 2) - WIDTH;
  const widest = widths.indexOf(Math.max(...widths));
  if (excess > 0) widths[widest]! -= excess;
  const lines = (row: readonly string[]): string[] => {
    const cells = widths.map((width, i) => wrapped(row[i] ?? '', width));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, n) => {
      const parts = widths.map((width, i) => (cells[i]![n] ?? '')[numeric[i] ? 'padStart' : 'padEnd'](width));
      return `    ${parts.join('  ')}`.trimEnd();
    });
  };
  gap();
  for (const line of lines(head)) print(bold(line));
  print(dim(`    ${widths.map((width) => '─'.repeat(width)).join('  ')}`));
  for (const row of rows) lines(row).forEach(print);
  gap();
}

/** Euro cents as money. */
export const euro = (cents: number): string => `${(cents / 100).toFixed(2)} €`;

/** Minutes as hours and minutes. */
export const hours = (minutes: number): string => `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

function paragraph(text: string, colour: (line: string) => string = (line) => line, first = '  '): void {
  const indent = ' '.repeat(first.length);
  wrapped(text, WIDTH - first.length).forEach((line, i) => print(colour((i === 0 ? first : indent) + line)));
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
