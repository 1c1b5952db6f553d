import { setImmediate as pause } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { fonts } from './fonts';
import { type Language, type PersonalDataDocument, WORDS, isCode, wordOf } from './personal-data-export.words';

const MARGIN = 56;
const GREY = '#555555';

/** A day as people write it in that language. */
const dayOf = (iso: string, language: Language): string => {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return language === 'de' ? `${day}.${month}.${year}` : `${year}-${month}-${day}`;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Line = { depth: number; label: string; text: string };

/** A value of any depth as lines of words, read as what its field holds; nothing of it is left out, empty parts are. */
function linesOf(value: unknown, language: Language, field: string, label: string, depth = 0): Line[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value === 'boolean') return [{ depth, label, text: WORDS[value ? 'yes' : 'no'][language] }];
  if (typeof value === 'number') return [{ depth, label, text: String(value) }];
  if (typeof value === 'string') return [{ depth, label, text: shown(value, language, field) }];
  if (Array.isArray(value)) {
    const simple = value.every((one) => one === null || typeof one !== 'object');
    if (simple)
      return value.length === 0
        ? []
        : [{ depth, label, text: value.map((one) => shown(String(one), language, field)).join(', ') }];
    const items = value.flatMap((one, i) => linesOf(one, language, field, `${i + 1}.`, depth + 1));
    return items.length > 0 ? [{ depth, label, text: '' }, ...items] : [];
  }
  const inner = Object.entries(value).flatMap(([key, one]) =>
    // What is told by number is what the whole is.
    UUID.test(key)
      ? linesOf(one, language, field, key, depth + 1)
      : linesOf(one, language, key, wordOf(key, language), depth + 1),
  );
  return inner.length > 0 ? [{ depth, label, text: '' }, ...inner] : [];
}

const shown = (text: string, language: Language, field: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayOf(text, language);
  const instant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(text);
  if (instant) return `${dayOf(text, language)}, ${instant[2]} UTC`;
  return isCode(text, field) ? wordOf(text, language, field) : text;
};

/** The name the API has for a column. */
const fieldOf = (column: string): string => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The document under construction: every piece of text goes into the structure that screen readers follow. */
class Copy {
  readonly doc: InstanceType<typeof PDFDocument>;
  constructor(private readonly language: Language) {
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, bottom: MARGIN + 14, left: MARGIN, right: MARGIN },
      bufferPages: true,
      tagged: true,
      pdfVersion: '1.7',
      lang: language === 'de' ? 'de-DE' : 'en-GB',
      displayTitle: true,
      info: { Title: WORDS.title[language], Subject: WORDS.subtitle[language], Producer: 'Lotse', Creator: 'Lotse' },
      // None of its own: the standard fonts are not embedded.
      font: null as unknown as string,
    });
    const { regular, bold } = fonts();
    this.doc.registerFont('regular', regular).registerFont('bold', bold);
  }

  heading(level: 1 | 2 | 3, text: string): void {
    const size = { 1: 20, 2: 14, 3: 11 }[level];
    this.keepTogether(size * 4);
    if (level > 1) this.doc.moveDown(level === 2 ? 1.2 : 0.8);
    this.write(`H${level}`, () => this.doc.font('bold', size).fillColor('#000000').text(text));
    this.doc.moveDown(0.3);
  }

  paragraph(text: string, color = '#000000'): void {
    this.write('P', () => this.doc.font('regular', 10).fillColor(color).text(text, { lineGap: 1.5 }));
    this.doc.moveDown(0.4);
  }

  list(texts: readonly string[]): void {
    for (const text of texts)
      this.write('P', () => this.doc.font('regular', 10).fillColor('#000000').text(`•  ${text}`, { lineGap: 1.5 }));
    this.doc.moveDown(0.4);
  }

  /** One field: what it is called, then what it holds, each part on a line of its own. */
  field(label: string, value: unknown, field: string): void {
    for (const line of linesOf(value, this.language, field, label)) {
      const x = MARGIN + Math.min(line.depth, 8) * 12;
      const width = this.doc.page.width - MARGIN - x;
      // What only heads others stays with the first of them.
      this.keepTogether(line.text ? 14 : 44);
      this.write('P', () => {
        this.doc.font('bold', 9).fillColor(GREY);
        this.doc.text(`${line.label}${line.text ? ':  ' : ''}`, x, this.doc.y, {
          width,
          continued: line.text !== '',
          lineGap: 1,
        });
        if (line.text) this.doc.font('regular', 9).fillColor('#000000').text(line.text, { width, lineGap: 1 });
      });
    }
    this.doc.x = MARGIN;
  }

  table(head: readonly string[], widths: readonly (number | '*')[], rows: readonly (readonly string[])[]): void {
    const cell = (text: string, header: boolean) => ({
      text,
      type: header ? 'TH' : 'TD',
      ...(header ? { scope: 'Column' } : {}),
      font: { src: header ? 'bold' : 'regular', size: 9 },
      padding: 4,
      borderColor: '#999999',
      ...(header ? { backgroundColor: '#eeeeee' } : {}),
    });
    // A table of its own for each page: its head is repeated there, to the eye and to the structure.
    for (let at = 0; at < rows.length; at += 24) {
      if (at > 0) this.doc.addPage();
      else this.keepTogether(80);
      const options = {
        structParent: this.doc,
        columnStyles: widths.map((width) => ({ width })),
        data: [
          head.map((text) => cell(text, true)),
          ...rows.slice(at, at + 24).map((row) => row.map((text) => cell(text, false))),
        ],
      };
      // The types lack what the library has: the place in the structure.
      this.doc.table(options as PDFKit.Mixins.TableOptionsWithData);
    }
    this.doc.x = MARGIN;
    this.doc.moveDown(0.6);
  }

  /** Numbers the pages and answers the file. */
  finish(): Promise<Buffer> {
    const { doc, language } = this;
    const { count } = doc.bufferedPageRange();
    for (let i = 0; i < count; i += 1) {
      doc.switchToPage(i);
      const { bottom } = doc.page.margins;
      doc.page.margins.bottom = 0;
      doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
      doc
        .font('regular', 8)
        .fillColor(GREY)
        .text(`${WORDS.page[language]} ${i + 1} ${WORDS.of[language]} ${count}`, MARGIN, doc.page.height - 40, {
          width: doc.page.width - 2 * MARGIN,
          align: 'right',
          lineBreak: false,
        });
      doc.endMarkedContent();
      doc.page.margins.bottom = bottom;
    }
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      doc.on('end', () => resolve(Buffer.concat(chunks)));
      doc.on('error', reject);
      doc.end();
    });
  }

  private write(tag: string, draw: () => void): void {
    this.doc.addStructure(this.doc.struct(tag, {}, draw));
  }

  private keepTogether(height: number): void {
    if (this.doc.y + height > this.doc.page.height - this.doc.page.margins.bottom) this.doc.addPage();
  }
}

/** The copy of a person's data as a document on A4, to be read on paper, on a screen and by a screen reader. */
export async function exportPdf(data: PersonalDataDocument, language: Language): Promise<Buffer> {
  const copy = new Copy(language);
  const { person, holdings, recipients, accesses } = data;
  const w = (key: keyof typeof WORDS): string => WORDS[key][language];
  copy.heading(1, w('title'));
  copy.paragraph(w('subtitle'), GREY);
  copy.paragraph(`${w('madeOn')} ${dayOf(data.madeAt, language)} · ${w('request')} ${data.subjectRequestId}`, GREY);
  copy.paragraph(w('redacted'));
  copy.heading(2, w('who'));
  for (const [field, value] of Object.entries(person))
    if (field !== 'id') copy.field(wordOf(field, language), value, field);
  copy.heading(2, w('purposes'));
  copy.list(data.purposes.map((text) => text[language]));
  copy.heading(2, w('sources'));
  copy.list(data.sources.map((text) => text[language]));
  copy.heading(2, w('recipients'));
  if (recipients.length === 0) copy.paragraph(w('nobody'));
  else
    copy.table(
      [w('day'), w('recipient'), w('purpose'), w('what'), w('basis')],
      [64, 120, 84, '*', 74],
      recipients.map((r) => [
        dayOf(r.passedOnAt, language),
        r.name,
        wordOf(r.purpose, language),
        r.categories.map((category) => wordOf(category, language)).join(', '),
        wordOf(r.basis, language),
      ]),
    );
  copy.heading(2, w('rights'));
  copy.list(data.rights.map((text) => text[language]));
  copy.heading(2, w('holdings'));
  for (const { label, retention, columns, rows } of holdings) {
    copy.heading(3, `${label[language]} (${rows.length})`);
    copy.paragraph(`${w('kept')}: ${retention[language]}`, GREY);
    for (const [i, row] of rows.entries()) {
      // Text is set in one go, which takes a while: others have their turn in between.
      await pause();
      if (rows.length > 1) copy.field(`${label[language]} ${w('entry')} ${i + 1}`, ' ', 'entry');
      for (const { name, label: called } of columns) copy.field(called[language], row[name], fieldOf(name));
      copy.doc.moveDown(0.5);
    }
  }
  copy.heading(2, w('accesses'));
  copy.paragraph(w('accessesNote'));
  if (accesses.length === 0) copy.paragraph(w('unread'));
  else
    copy.table(
      [w('day'), w('purpose'), w('what'), w('times')],
      [74, 150, '*', 54],
      accesses.map((a) => [
        dayOf(a.on, language),
        wordOf(a.purpose, language),
        `${wordOf(a.resourceType, language)} – ${wordOf(a.action, language)}`,
        String(a.times),
      ]),
    );
  return copy.finish();
}
