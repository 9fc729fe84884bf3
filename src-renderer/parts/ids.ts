/** `66f1a0…00c5`: both ends of an id, which is where ids differ; short ones stay whole. */
export function shortId(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 6)}…${id.slice(-4)}`
}
