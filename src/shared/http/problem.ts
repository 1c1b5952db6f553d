import type { Localised } from '../domain/errors';

/** A problem of the protocol, not of the domain. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: keyof typeof PROBLEMS,
    readonly extra: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
  }
}

type Text = { status: number; title: Localised; detail: Localised };
const text = (status: number, title: [en: string, de: string], detail: [en: string, de: string]): Text => ({
  status,
  title: { en: title[0], de: title[1] },
  detail: { en: detail[0], de: detail[1] },
});

/** Every problem of the protocol; the domain's own are the refusals its modules declare. */
export const PROBLEMS = {
  'malformed-request': text(
    400,
    ['The request cannot be read', 'Die Anfrage ist nicht lesbar'],
    [
      'The body is not valid JSON, or the path or a header has a form that cannot be read.',
      'Der Inhalt ist kein gültiges JSON, oder Pfad oder Kopfzeile haben eine unlesbare Form.',
    ],
  ),
  'cursor-invalid': text(
    400,
    ['The cursor is not valid', 'Der Seitenzeiger ist ungültig'],
    [
      'Use a cursor exactly as a page of this same list and filter gave it, or start without one.',
      'Verwenden Sie den Zeiger unverändert aus derselben Liste mit demselben Filter, oder beginnen Sie ohne.',
    ],
  ),
  'idempotency-key-missing': text(
    400,
    ['Idempotency-Key is missing', 'Idempotency-Key fehlt'],
    [
      'Send an Idempotency-Key header with this request, so that repeating it creates nothing twice.',
      'Senden Sie die Kopfzeile Idempotency-Key mit, damit eine Wiederholung nichts doppelt anlegt.',
    ],
  ),
  'idempotency-key-malformed': text(
    400,
    ['Idempotency-Key is malformed', 'Idempotency-Key ist fehlerhaft'],
    [
      'The key is a string of 1 to 255 printable ASCII characters, best in quotes.',
      'Der Schlüssel besteht aus 1 bis 255 druckbaren ASCII-Zeichen, am besten in Anführungszeichen.',
    ],
  ),
  'idempotency-key-reused': text(
    422,
    ['Idempotency-Key was used before', 'Idempotency-Key wurde schon verwendet'],
    [
      'This key came with another request. Use a new key for a new request.',
      'Dieser Schlüssel gehört zu einer anderen Anfrage. Verwenden Sie für eine neue Anfrage einen neuen Schlüssel.',
    ],
  ),
  unauthenticated: text(
    401,
    ['Please sign in', 'Bitte anmelden'],
    ['A valid bearer token is needed.', 'Ein gültiges Bearer-Token wird benötigt.'],
  ),
  forbidden: text(
    403,
    ['Your role may not do this', 'Ihre Rolle darf das nicht'],
    [
      'None of your roles has the scope this operation needs (requiredScope). Ask somebody in one of the permittedRoles.',
      'Keine Ihrer Rollen hat das Recht, das dieser Vorgang braucht (requiredScope). Wenden Sie sich an jemanden mit einer der permittedRoles.',
    ],
  ),
  'purpose-not-permitted': text(
    403,
    ['This purpose is not yours', 'Dieser Zweck steht Ihnen nicht zu'],
    [
      'Your roles may not use this operation for the purpose named in Lotse-Purpose; permittedPurposes names those they may.',
      'Ihre Rollen dürfen diesen Vorgang nicht für den in Lotse-Purpose genannten Zweck nutzen; permittedPurposes nennt die erlaubten.',
    ],
  ),
  'not-found': text(
    404,
    ['Not found', 'Nicht gefunden'],
    ['There is nothing here that you may see.', 'Hier ist nichts, was Sie sehen dürfen.'],
  ),
  'method-not-allowed': text(
    405,
    ['Method not allowed', 'Methode nicht erlaubt'],
    [
      'This address does not take that method; Allow names those it takes.',
      'Diese Adresse nimmt diese Methode nicht an; Allow nennt die erlaubten.',
    ],
  ),
  'precondition-failed': text(
    412,
    ['Somebody else changed it', 'Jemand anderes hat es geändert'],
    [
      'Read it again, look at what changed, and repeat your change with the new ETag.',
      'Lesen Sie neu, sehen Sie sich die Änderung an und wiederholen Sie Ihre mit dem neuen ETag.',
    ],
  ),
  'payload-too-large': text(
    413,
    ['The request is too large', 'Die Anfrage ist zu groß'],
    ['A body may have up to 1 MiB.', 'Der Inhalt darf bis zu 1 MiB groß sein.'],
  ),
  'unsupported-media-type': text(
    415,
    ['Media type not supported', 'Medientyp wird nicht unterstützt'],
    [
      'Send application/json (PATCH: application/merge-patch+json).',
      'Senden Sie application/json (bei PATCH: application/merge-patch+json).',
    ],
  ),
  'validation-error': text(
    422,
    ['Some fields are not valid', 'Einige Felder sind nicht gültig'],
    [
      'Every wrong field is named in "errors"; nothing was stored.',
      'Jedes falsche Feld steht unter „errors“; nichts wurde gespeichert.',
    ],
  ),
  'if-match-malformed': text(
    400,
    ['If-Match is malformed', 'If-Match ist fehlerhaft'],
    [
      'Send the ETag as it was answered, with its quotes ("3"), or * for the thing as it is now.',
      'Senden Sie den ETag, wie er geantwortet wurde, mit Anführungszeichen ("3"), oder * für den jetzigen Stand.',
    ],
  ),
  'precondition-required': text(
    428,
    ['If-Match is missing', 'If-Match fehlt'],
    [
      'Send the ETag you last saw in If-Match, so that nobody else’s change is overwritten.',
      'Senden Sie den zuletzt gesehenen ETag in If-Match, damit keine fremde Änderung überschrieben wird.',
    ],
  ),
  'quota-exceeded': text(
    429,
    ['Too many requests', 'Zu viele Anfragen'],
    ['Wait as long as Retry-After says.', 'Warten Sie, solange Retry-After angibt.'],
  ),
  'processing-restricted': text(
    409,
    ['Processing is restricted', 'Die Verarbeitung ist eingeschränkt'],
    [
      'The data of this person is kept, but neither read nor changed nor passed on until the restriction is lifted (GDPR Art. 18). Ask the data protection officer; for legal claims, read it with Lotse-Purpose: legal_claims where your role permits.',
      'Die Daten dieser Person werden aufbewahrt, aber bis zur Aufhebung der Einschränkung weder gelesen noch geändert noch weitergegeben (Art. 18 DSGVO). Wenden Sie sich an die Datenschutzbeauftragte oder den Datenschutzbeauftragten; für Rechtsansprüche lesen Sie sie mit Lotse-Purpose: legal_claims, wenn Ihre Rolle das erlaubt.',
    ],
  ),
  'already-exists': text(
    409,
    ['It is already there', 'Das gibt es schon'],
    ['Something with the same key was recorded before.', 'Etwas mit demselben Schlüssel ist bereits erfasst.'],
  ),
  internal: text(
    500,
    ['Something went wrong on our side', 'Bei uns ist etwas schiefgegangen'],
    [
      'Nothing was stored. The request id helps us to find the cause.',
      'Nichts wurde gespeichert. Die Anfragenummer hilft uns, die Ursache zu finden.',
    ],
  ),
  unavailable: text(
    503,
    ['Not available at the moment', 'Zurzeit nicht verfügbar'],
    [
      'The database or the issuer of tokens cannot be reached. Please try again shortly; nothing was stored.',
      'Die Datenbank oder der Anmeldedienst ist nicht erreichbar. Bitte gleich noch einmal versuchen; nichts wurde gespeichert.',
    ],
  ),
} satisfies Record<string, Text>;
