import { fault } from '../../domain/circle/circle.values';

/** Says the same of persons that are not there and of those nobody may know of. */
export const unknownPerson = (field: string) =>
  fault(
    field,
    'person-unknown',
    'There is no such person you may name: not on record, merged into another (name the one that stayed), or restricted (ask the data protection officer)',
    'Diese Person können Sie nicht nennen: Sie ist nicht erfasst, wurde zusammengeführt (nennen Sie die verbliebene) oder ist eingeschränkt (fragen Sie die oder den Datenschutzbeauftragten)',
  );
