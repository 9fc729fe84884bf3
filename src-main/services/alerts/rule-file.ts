import type { Rule, RuleFile } from '../../contract/alerts.ts'
import { ruleFile } from '../../contract/schemas/alerts.ts'
import { Failure } from '../../core/failure.ts'

/** All rules as a file for another machine. */
export function rulesText(rules: readonly Rule[]): string {
  const file: RuleFile = { format: 'standby-rules', version: 1, rules }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** The rules of such a file. Throws `invalid`, naming the first thing that does not fit. */
export function rulesOf(text: string): readonly Rule[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refusal('It is no JSON.')
  }
  const parsed = ruleFile.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal(issue === undefined ? '' : `${issue.path.join('.') || 'The file'}: ${issue.message}.`)
  }
  const { rules } = parsed.data
  if (new Set(rules.map(({ ruleId }) => ruleId)).size < rules.length) throw refusal('Two rules have the same ruleId.')
  return rules
}

function refusal(why: string): Failure {
  const message = `This file holds no rules of Standby. ${why} Export rules to see what one looks like.`
  return new Failure({ code: 'invalid', message })
}
