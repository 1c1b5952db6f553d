/** Fields to change, after RFC 7396: what is absent stays, null empties. */
export type Patch<T> = { [K in keyof T]?: T[K] | null };

/** `current` with the fields of `patch`; a field set to null gets its value from `empty`. */
export function merged<T extends object>(current: T, patch: Patch<T>, empty: Partial<T>): T {
  const changes = (Object.keys(patch) as (keyof T)[])
    .filter((key) => patch[key] !== undefined)
    .map((key) => [key, patch[key] ?? empty[key]] as const);
  return { ...current, ...(Object.fromEntries(changes) as Partial<T>) };
}
