import { historyLimits, type ExportArgs, type HistoryArgs, type HistoryRange } from '../../contract/history.ts'

/** The entries of a range as a text for other programs, in pieces: times in UTC, gaps empty, each entry a line. */
export function* exportText(
  { format, ...range }: ExportArgs,
  query: (args: HistoryArgs) => HistoryRange
): Generator<string> {
  const { series, stepMs } = query({ ...range, points: historyLimits.points })
  yield format === 'csv' ? 'time,unix_ms,series,min,max,last\n' : `{"stepMs":${stepMs},"entries":[`
  let isFirst = true
  for (const { series: name, atMs, min, max, last } of series) {
    for (let i = 0; i < atMs.length; i++) {
      const time = atMs[i] ?? 0
      const entry = { time: new Date(time).toISOString(), unixMs: time, series: name }
      const values = { min: known(min[i]), max: known(max[i]), last: known(last[i]) }
      if (format === 'json') yield `${isFirst ? '' : ','}\n${JSON.stringify({ ...entry, ...values })}`
      else yield `${[entry.time, time, quoted(name), ...Object.values(values).map((value) => value ?? '')].join(',')}\n`
      isFirst = false
    }
  }
  if (format === 'json') yield '\n]}\n'
}

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

/** A field as RFC 4180 writes it. */
function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
