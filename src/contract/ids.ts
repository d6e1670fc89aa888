const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const key = /^[a-z0-9-]{1,80}$/;
const reservedStoryKeys: ReadonlySet<string> = new Set(['tags', 'guidelines', 'feed']);

/** Whether the value is a public id: a lower-case UUID. Anything else is refused before a query sees it. */
export function isPublicId(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** Whether the value can be a site's key: 1–80 of a–z, 0–9 and hyphen. */
export function isSiteKey(value: unknown): value is string {
  return typeof value === 'string' && key.test(value);
}

/** Whether the value can be a story's key: as a site's, and none of the reserved words of the addresses. */
export function isStoryKey(value: unknown): value is string {
  return isSiteKey(value) && !reservedStoryKeys.has(value);
}
