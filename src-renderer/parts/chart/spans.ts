import type { Gap } from './points.ts'

/** The stretches in order, those that touch or overlap as one: a hatch drawn twice would be darker. */
export function merged(spans: readonly Gap[]): readonly Gap[] {
  const whole: Gap[] = []
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const before = whole.at(-1)
    if (before === undefined || span.fromMs > before.toMs) whole.push(span)
    else whole[whole.length - 1] = { fromMs: before.fromMs, toMs: Math.max(before.toMs, span.toMs) }
  }
  return whole
}
