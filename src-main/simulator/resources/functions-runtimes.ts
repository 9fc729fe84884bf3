const usual = ['x86', 'arm64', 'armv7', 'armv8']

type Row = readonly [key: string, name: string, version: string, first: string, later: string]

const rows: readonly Row[] = [
  ['node', 'Node.js', '16.0', '16.0-alpine3.13', '16.20.2-alpine3.18'],
  ['node', 'Node.js', '18.0', '18.0-alpine3.15', '18.20.4-alpine3.20'],
  ['node', 'Node.js', '22', '', '22.9.0-alpine3.20'],
  ['php', 'PHP', '8.0', '8.0-cli-alpine3.16', '8.0.30-cli-alpine3.16'],
  ['ruby', 'Ruby', '3.0', '3.0-alpine3.16', '3.0.7-alpine3.16'],
  ['python', 'Python', '3.9', '3.9-alpine3.16', '3.9.20-alpine3.20']
]

/** The runtimes a server has when nobody chose others; `generation` is that of their images, `v3` to `v5`. */
export function runtimesOf(generation: string): readonly Readonly<Record<string, unknown>>[] {
  const isFirst = generation === 'v3'
  return rows
    .filter(([, , , first]) => !isFirst || first !== '')
    .map(([key, name, version, first, later]) => ({
      $id: `${key}-${version}`,
      ...(isFirst ? {} : { key }),
      name,
      version,
      base: `${key}:${isFirst ? first : later}`,
      image: `openruntimes/${key}:${generation}-${version}`,
      logo: `${key}.png`,
      supports: first === '' ? usual.slice(0, 2) : usual
    }))
}

/** Whether a function's runtime is among them. */
export function isSupported(runtime: string, generation: string): boolean {
  return runtimesOf(generation).some(({ $id }) => $id === runtime)
}

const sizes = [
  [0.5, 512],
  [1, 512],
  [1, 1024],
  [2, 2048],
  [2, 4096],
  [4, 4096],
  [4, 8192],
  [8, 4096],
  [8, 8192]
] as const

/** What a function may be given of a machine. */
export const specifications = sizes.map(([cpus, memory]) => ({
  slug: `s-${cpus}vcpu-${memory < 1024 ? `${memory}mb` : `${memory / 1024}gb`}`,
  memory,
  cpus,
  enabled: true
}))
