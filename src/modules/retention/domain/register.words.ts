import type { Localised } from '../../../shared/domain/errors';

/** Why data are processed, in words and with the usual legal basis: a proposal for the register, no legal advice. */
export const ACTIVITIES: Readonly<Record<string, { name: Localised; legalBases: readonly string[] }>> = {
  case_management: {
    name: { en: 'Case management', de: 'Case Management' },
    legalBases: ['GDPR Art. 6 (1) a, b, e', 'GDPR Art. 9 (2) a, h', 'SGB X §§ 67a–67c', 'StGB § 203'],
  },
  supervision: {
    name: { en: 'Guidance of the professionals', de: 'Fachliche Leitung' },
    legalBases: ['GDPR Art. 6 (1) e, f', 'SGB X § 67c (3)'],
  },
  network_management: {
    name: { en: 'Directory of the network of help', de: 'Verzeichnis des Hilfenetzes' },
    legalBases: ['GDPR Art. 6 (1) e, f'],
  },
  administration: {
    name: { en: 'Administration of the organisation', de: 'Verwaltung der Organisation' },
    legalBases: ['GDPR Art. 6 (1) b, f', 'BDSG § 26'],
  },
  quality_audit: {
    name: { en: 'Audit of quality', de: 'Qualitätsprüfung' },
    legalBases: ['GDPR Art. 6 (1) e, f', 'SGB X § 67c (3)'],
  },
  data_protection: {
    name: { en: 'Control of data protection', de: 'Datenschutzkontrolle' },
    legalBases: ['GDPR Art. 6 (1) c', 'GDPR Art. 39', 'SGB X § 67c (4)'],
  },
  service_provision: {
    name: { en: 'Help by providers asked', de: 'Hilfe angefragter Leistungserbringer' },
    legalBases: ['GDPR Art. 6 (1) a', 'GDPR Art. 9 (2) a', 'SGB X §§ 67d, 78'],
  },
  own_affairs: {
    name: { en: 'Clients see to their own affairs', de: 'Klientinnen und Klienten in eigener Sache' },
    legalBases: ['GDPR Art. 6 (1) a, c', 'GDPR Art. 15'],
  },
  integration: {
    name: { en: 'Exchange with systems of the organisation', de: 'Austausch mit Systemen der Organisation' },
    legalBases: ['GDPR Art. 6 (1) e, f', 'SGB X § 79'],
  },
  legal_claims: {
    name: { en: 'Legal claims', de: 'Rechtsansprüche' },
    legalBases: ['GDPR Art. 9 (2) f', 'GDPR Art. 18 (2)'],
  },
  emergency: {
    name: { en: 'Reading in an emergency', de: 'Lesen im Notfall' },
    legalBases: ['GDPR Art. 6 (1) d', 'GDPR Art. 9 (2) c', 'StGB § 34'],
  },
};

/** What Lotse does for the security of processing (GDPR 32), whatever an organisation sets. */
export const MEASURES: readonly { code: string; text: Localised }[] = [
  {
    code: 'deny-by-default',
    text: {
      en: 'Every operation asks for one scope; role, relationship to the case and purpose decide.',
      de: 'Jede Operation verlangt ein Recht; Rolle, Beziehung zum Fall und Zweck entscheiden.',
    },
  },
  {
    code: 'tenant-wall',
    text: {
      en: 'Organisations are separated in the database itself (forced row-level security).',
      de: 'Organisationen sind in der Datenbank selbst getrennt (erzwungene Zeilensicherheit).',
    },
  },
  {
    code: 'sealed-identity',
    text: {
      en: 'Who a person is stands encrypted with a key of its own (AES-256-GCM), and is found by blinded tokens.',
      de: 'Wer eine Person ist, steht verschlüsselt mit eigenem Schlüssel (AES-256-GCM) und wird über verblindete Merkmale gefunden.',
    },
  },
  {
    code: 'access-log',
    text: {
      en: 'Every read of personal data is logged before the answer leaves: who, why, what, never what it said.',
      de: 'Jeder Lesezugriff wird protokolliert, bevor die Antwort hinausgeht: wer, wozu, worauf, nie der Inhalt.',
    },
  },
  {
    code: 'event-log',
    text: {
      en: 'Every change is recorded with who and when in a log nobody may alter; it holds no names and no texts.',
      de: 'Jede Änderung steht mit Urheber und Zeit in einem unveränderlichen Protokoll, ohne Namen und Texte.',
    },
  },
  {
    code: 'consent-before-disclosure',
    text: {
      en: 'Nothing goes out without a valid consent, or an exception that a second person confirms within 24 hours or that ends.',
      de: 'Nichts geht hinaus ohne gültige Einwilligung oder eine Ausnahme, die binnen 24 Stunden von einer zweiten Person bestätigt wird oder endet.',
    },
  },
  {
    code: 'erasure-by-two',
    text: {
      en: 'Data are proposed for erasure at the end of their time and erased after a second person released it.',
      de: 'Daten werden am Ende ihrer Frist zur Löschung vorgeschlagen und nach Freigabe durch eine zweite Person gelöscht.',
    },
  },
  {
    code: 'stored-answers-sealed',
    text: {
      en: 'Answers kept for repeated requests are encrypted and gone after 24 hours.',
      de: 'Für Wiederholungen aufbewahrte Antworten sind verschlüsselt und nach 24 Stunden entfernt.',
    },
  },
];
