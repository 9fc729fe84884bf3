import type { Rule, RuleKind, RuleLevel, Scope } from '../../../src-main/contract/alerts.ts'
import { counted } from '../../parts/numbers.ts'
import { kindWords } from './kinds.ts'
import { spanText } from './spans.ts'

const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** What a server is called here. */
export interface NamedServer {
  readonly serverId: string
  readonly name: string
}

function figure(kind: RuleKind, value: number): string {
  const unit = kindWords[kind].unit
  return `${figures.format(value)}${unit === ' days' && value === 1 ? ' day' : unit}`
}

function limit(kind: RuleKind, at: number): string {
  switch (kindWords[kind].value) {
    case 'figure':
      return kindWords[kind].isLowWorse ? `at ${figure(kind, at)} or less` : `at ${figure(kind, at)}`
    case 'check':
      return at > 1 ? 'when it fails' : 'when it warns or fails'
    case 'flag':
      return kind === 'key' ? 'when the key is refused' : 'when it does not answer'
  }
}

/** A level in words: `at 5,000 for 1 min`, `at 15 min or less for 1 min`, `when it fails, 2 samples in a row`. */
export function levelText(kind: RuleKind, level: RuleLevel): string {
  const held = level.forMs === 0 ? '' : ` for ${spanText(level.forMs)}`
  const samples = level.samples === 1 ? '' : `, ${counted(level.samples, 'sample')} in a row`
  return `${limit(kind, level.at)}${held}${samples}`
}

/** Past which value a level clears, as a word and a figure: `below 4,000`. */
function clearing(kind: RuleKind, at: number, clearShare: number): string {
  if (kind === 'key') return 'once the key is taken'
  if (kind === 'server-down') return 'once it answers'
  if (kind === 'check') return at * clearShare > 1 ? 'once it no longer fails' : 'once it passes'
  return kindWords[kind].isLowWorse
    ? `above ${figure(kind, at / clearShare)}`
    : `below ${figure(kind, at * clearShare)}`
}

/** When each level of a rule clears, the worst first: `below 4,000 (critical), below 2,000 (warning), kept for 2 min`. */
export function clearText(rule: Pick<Rule, 'kind' | 'warning' | 'critical' | 'clearShare' | 'keepFiringMs'>): string {
  const { kind, warning, critical, clearShare, keepFiringMs } = rule
  const ends = [critical, warning].map((level) => (level === null ? null : clearing(kind, level.at, clearShare)))
  const [worst = null, mild = null] = ends
  const both = worst !== null && mild !== null && worst !== mild
  const said = both ? `${worst} (critical), ${mild} (warning)` : (worst ?? mild ?? 'never fires')
  return keepFiringMs === 0 ? said : `${said}, kept for ${spanText(keepFiringMs)}`
}

/** Names of servers; one that is not there any more is called so. */
export function serverNames(serverIds: readonly string[], servers: readonly NamedServer[]): readonly string[] {
  return serverIds.map((id) => servers.find(({ serverId }) => serverId === id)?.name ?? 'a server that was removed')
}

/** What a scope is about: `everything`, `functions, v1-* on Shop`. */
export function scopeText({ serverIds, subjects }: Scope, servers: readonly NamedServer[], all = 'everything'): string {
  const what = subjects.length === 0 ? all : subjects.join(', ')
  return serverIds.length === 0 ? `${what}, every server` : `${what} on ${serverNames(serverIds, servers).join(', ')}`
}

/** What a rule is about: `all queues, every server`; the server alone where there is nothing else to name. */
export function ruleScopeText({ kind, scope }: Pick<Rule, 'kind' | 'scope'>, servers: readonly NamedServer[]): string {
  const { subjects } = kindWords[kind]
  if (subjects !== null) return scopeText(scope, servers, `all ${subjects.many}`)
  return scope.serverIds.length === 0 ? 'every server' : serverNames(scope.serverIds, servers).join(', ')
}

/** How often an alert nobody acknowledged is told again. */
export function renotifyText(renotifyMs: number | null): string {
  return renotifyMs === null ? 'told once' : `told again every ${spanText(renotifyMs)}`
}

/** The servers as a choice; those chosen that are not there any more stay in it, to be taken out. */
export function serverOptions(
  servers: readonly NamedServer[],
  chosen: readonly string[]
): readonly { readonly value: string; readonly label: string }[] {
  const gone = chosen.filter((id) => !servers.some(({ serverId }) => serverId === id))
  return [
    ...servers.map(({ serverId, name }) => ({ value: serverId, label: name })),
    ...gone.map((id) => ({ value: id, label: 'A server that was removed' }))
  ]
}

/** What an import does to the rules there are. */
export function replacingText(rules: number): string {
  if (rules === 0) return 'There are no rules here yet: those of the file are taken as they are.'
  const gone = rules === 1 ? 'The rule here is' : `All ${rules} rules here are`
  return `${gone} replaced by those of the file, and what fires by a rule the file does not have goes away. Export them first to keep them.`
}

/** What came of an import. */
export function importedText(rules: number): string {
  return rules === 0 ? 'Imported a file without rules: nothing is watched.' : `Imported ${counted(rules, 'rule')}.`
}
