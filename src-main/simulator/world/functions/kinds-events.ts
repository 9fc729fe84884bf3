import { basis, pythonBasis, type Kind } from './kind.ts'
import type { Words } from './profile.ts'
import { clock, executorError, nodeStack, people, reference } from './words.ts'

const green = (text: string) => `\u001b[32m${text}\u001b[39m`
const cyan = (text: string) => `\u001b[36m${text}\u001b[39m`
const yellow = (text: string) => `\u001b[33m${text}\u001b[39m`

const fileName: Words = ({ dice }) => {
  const number = dice.int(1000, 9999)
  return dice.pick([`IMG_${number}.JPG`, `hytte-${number}.png`, `Jacke grün ${number}.jpeg`, `DSC0${number}.tif`])
}

const imageLog: Words = (scene) => {
  const { dice, atMs, durationMs } = scene
  const name = fileName(scene)
  const sizes = [320, 640, 1280].map(
    (edge) => `${cyan('info')}  ${clock(atMs + durationMs * (edge / 1600))} ${edge}×${edge} ${dice.int(14, 420)} kB`
  )
  return [
    `${cyan('info')}  ${clock(atMs)} ${name} (${dice.int(1, 14)}.${dice.int(0, 9)} MB)`,
    ...sizes,
    `${green('✔')} stored 3 previews`,
    ''
  ].join('\n')
}

/** Makes previews of whatever is uploaded; its log is coloured. */
export const images: Kind = (naming) => ({
  ...basis(naming),
  events: [`buckets.${naming.noun}-images.files.*.create`],
  timeoutS: 60,
  runsPerHour: 8,
  scopes: ['files.read', 'files.write'],
  buildBytes: 9_200_000,
  variables: [
    { key: 'PREVIEW_SIZES', value: '320,640,1280', isSecret: false },
    { key: 'JPEG_QUALITY', value: '82', isSecret: false },
    { key: 'STRIP_METADATA', value: 'true', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'event',
      method: 'POST',
      path: () => '/',
      medianMs: 2_600,
      spread: 0.6,
      logs: imageLog,
      endings: [
        { weight: 95, code: 200 },
        {
          weight: 3,
          code: 500,
          logs: (scene) => `${cyan('info')}  ${clock(scene.atMs)} ${fileName(scene)}\n`,
          errors: () =>
            `${yellow('warn')} falling back to libvips\nError: Input buffer contains unsupported image format\n${nodeStack('src/resize.js', 18, 9)}`
        },
        {
          weight: 2,
          code: 500,
          errors: () => 'VipsJpeg: Premature end of input file\nVipsJpeg: out of order read at line 1504'
        }
      ]
    }
  ]
})

const mailLog: Words = ({ dice, atMs }) => {
  const who = dice.pick(people)
  return [
    `${clock(atMs)} ${reference(dice, 'ord')} for ${who}`,
    `${clock(atMs + 40)} template "bekreftelse" (${dice.pick(['nb', 'de', 'da', 'ja', 'pl'])}), subject "Takk for bestillingen, ${who} 🎿"`,
    `${clock(atMs + 190)} handed to smtp.fjellwerk.example as <${dice.hex(16)}@fjellwerk.example>`,
    ''
  ].join('\n')
}

/** Sends mail through a server that is moody. */
export const mailer: Kind = (naming) => ({
  ...basis(naming),
  events: [`databases.shop.collections.${naming.noun}s.documents.*.create`],
  timeoutS: 30,
  runsPerHour: 10,
  peakHour: 19,
  variables: [
    { key: 'SMTP_HOST', value: 'smtp.fjellwerk.example', isSecret: false },
    { key: 'SMTP_PORT', value: '587', isSecret: false },
    { key: 'SMTP_USER', value: 'shop', isSecret: false },
    { key: 'SMTP_PASSWORD', value: 'k3Q!v-9nRw', isSecret: true },
    { key: 'FROM', value: 'Fjellwerk <hei@fjellwerk.example>', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'event',
      method: 'POST',
      path: () => '/',
      medianMs: 720,
      spread: 0.7,
      logs: mailLog,
      endings: [
        { weight: 88, code: 200 },
        {
          weight: 6,
          code: 500,
          errors: () =>
            `Error: Message failed: 421 4.7.0 Temporary system problem. Try again later.\n${nodeStack('src/smtp.js', 52, 13)}\n  responseCode: 421, command: 'DATA'`
        },
        {
          weight: 4,
          code: 500,
          errors: () =>
            `Error: Connection timeout\n${nodeStack('src/smtp.js', 40, 11)}\n  code: 'ETIMEDOUT', command: 'CONN'`
        },
        { weight: 2, code: 500, errors: () => executorError('Execution timed out.', 408), isTimeout: true }
      ]
    }
  ]
})

/** A progress bar that was meant for a terminal: it goes back to the start of its line and rings at the end. */
const bar = (done: number) => `\r[${'#'.repeat(Math.floor(done * 40)).padEnd(40, '.')}] ${Math.round(done * 100)} %`

const importLog: Words = ({ dice, atMs }) => {
  const rows = dice.pick([400, 700, 900, 3_400])
  const lines = Array.from({ length: rows }, (_, at) => {
    const tookMs = dice.int(1, 60)
    const note = tookMs > 57 ? ' — price missing, kept the old one' : ''
    return `+${((at * 11) / 1000).toFixed(2)} s  ${reference(dice, 'sku', 6)} ok (${tookMs} ms)${note}`
  })
  const start = `${clock(atMs)} connected, ${rows} rows\n`
  return `${start}${lines.join('\n')}\n${bar(0.25)}${bar(0.5)}${bar(0.75)}${bar(1)}\u0007\nimported ${rows} rows\n`
}

const halfImported: Words = (scene) => importLog(scene).slice(0, 42_000)

/** Reads whole files into memory: its logs are long, and sometimes it does not come back. */
export const importer: Kind = (naming) => ({
  ...pythonBasis(naming),
  schedule: '5 */2 * * *',
  timeoutS: 900,
  sourceBytes: 12_600_000,
  buildBytes: 31_000_000,
  buildMs: 96_000,
  variables: [
    { key: 'SFTP_HOST', value: naming.upstream, isSecret: false },
    { key: 'SFTP_USER', value: 'fjellwerk', isSecret: false },
    {
      key: 'SFTP_PRIVATE_KEY',
      value: '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
      isSecret: true
    },
    { key: 'CHUNK_ROWS', value: '', isSecret: false }
  ],
  tasks: [
    {
      weight: 1,
      trigger: 'schedule',
      method: 'POST',
      path: () => '/',
      medianMs: 62_000,
      spread: 0.5,
      logs: importLog,
      endings: [
        { weight: 86, code: 200 },
        {
          weight: 9,
          code: 500,
          logs: halfImported,
          errors: () =>
            [
              'Traceback (most recent call last):',
              '  File "/usr/local/server/src/function/src/main.py", line 58, in main',
              '    frame = pandas.read_csv(handle, dtype=str)',
              '  File "parsers.pyx", line 914, in pandas._libs.parsers.TextReader.read_low_memory',
              'MemoryError: Unable to allocate 412. MiB for an array with shape (27, 2000000) and data type object'
            ].join('\n')
        },
        { weight: 5, code: 500, logs: halfImported, errors: () => executorError('Runtime container crashed', 500) }
      ]
    }
  ]
})
