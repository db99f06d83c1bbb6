/**
 * The part of query keys that names an entity: crm.customer → customers. Every key of a resource begins
 * with the business and its name in the API's paths, so a new resource is live unasked.
 */
export function segmentOf(entity: string): string {
  const name = entity.slice(entity.indexOf(".") + 1);
  return name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
}
