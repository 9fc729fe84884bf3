import type { Scope } from '../../contract/alerts.ts'

/** Whether a name fits a pattern, in which `*` stands for anything. Linear: a pattern is a person's, and may be odd. */
export function fits(pattern: string, name: string): boolean {
  const [head = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return pattern === name
  if (!name.startsWith(head)) return false
  const tail = parts.pop() ?? ''
  let from = head.length
  for (const part of parts) {
    const at = name.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return name.length - tail.length >= from && name.endsWith(tail)
}

/** Whether a scope is about this. */
export function isWithin({ serverIds, subjects }: Scope, serverId: string, subject: string): boolean {
  return (
    (serverIds.length === 0 || serverIds.includes(serverId)) &&
    (subjects.length === 0 || subjects.some((pattern) => fits(pattern, subject)))
  )
}
