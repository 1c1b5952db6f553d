/** How names sound and how alike they are. Names are given in comparable form (`nameParts`); results are stored as tokens. */

/** Kölner Phonetik of a name in comparable form: `mueller` and `miller` are both `657`. */
export function koelnerPhonetik(name: string): string {
  // Comparable names spell umlauts out; the sound is that of one vowel, and ph is one consonant.
  const letters = [...name.replace(/[^a-z]/g, '')];
  const codes = letters.map((letter, i) => codeOf(letter, letters[i - 1] ?? '', letters[i + 1] ?? '')).join('');
  const single = codes.replace(/(\d)\1+/g, '$1');
  return single.slice(0, 1) + single.slice(1).replaceAll('0', '');
}

function codeOf(letter: string, before: string, after: string): string {
  const next = (letters: string) => after !== '' && letters.includes(after);
  const last = (letters: string) => before !== '' && letters.includes(before);
  switch (letter) {
    case 'h':
      return '';
    case 'b':
      return '1';
    case 'p':
      return next('h') ? '3' : '1';
    case 'd':
    case 't':
      return next('csz') ? '8' : '2';
    case 'f':
    case 'v':
    case 'w':
      return '3';
    case 'g':
    case 'k':
    case 'q':
      return '4';
    case 'c':
      if (before === '') return next('ahkloqrux') ? '4' : '8';
      return last('sz') || !next('ahkoqux') ? '8' : '4';
    case 'x':
      return last('ckq') ? '8' : '48';
    case 'l':
      return '5';
    case 'm':
    case 'n':
      return '6';
    case 'r':
      return '7';
    case 's':
    case 'z':
      return '8';
    default:
      return '0';
  }
}

/**
 * Typing errors between two texts: insertions, deletions, substitutions and swapped neighbours (optimal string alignment).
 * Beyond `most` they are not counted: the answer is then some greater number.
 */
export function typingErrors(a: string, b: string, most = Infinity): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, above]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let fewest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let errors = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        errors = Math.min(errors, before[j - 2]! + 1);
      row.push(errors);
      if (errors < fewest) fewest = errors;
    }
    if (fewest > most) return fewest;
    [before, above] = [above, row];
  }
  return above[b.length]!;
}

/** What is left of a name when any one letter is missing; two names one typing error apart have one of these in common. */
export function deletions(name: string): string[] {
  return [...new Set([...name].map((_, i, letters) => [...letters.slice(0, i), ...letters.slice(i + 1)].join('')))];
}
