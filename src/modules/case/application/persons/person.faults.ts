import { fault } from '../../domain/circle/circle.values';

/** Says the same of persons that are not there and of those nobody may know of. */
export const unknownPerson = (field: string) =>
  fault(
    field,
    'person-unknown',
    'No such person is on record, or it was merged into another: record the person first, or name the one that stayed',
    'Diese Person ist nicht erfasst oder wurde mit einer anderen zusammengeführt: Erfassen Sie sie zuerst oder nennen Sie die verbliebene',
  );
