import { ApiError } from '../http/api-error.ts'
import { oneOf } from '../http/params.ts'
import { headerOf, type ApiRequest } from '../http/request.ts'
import type { Asked, Resource, Told } from '../http/route.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { archiveOf, type ArchiveKind } from '../world/functions/archive.ts'
import type { Deployment } from '../world/functions/deployment.ts'
import type { DeploymentState } from '../world/functions/deployment-store.ts'
import type { World } from '../world/world.ts'
import { deploymentOf, functionOf } from './functions-access.ts'

/** A range without an end is answered with this much at most. */
const mostAtOnceBytes = 10 * 1024 * 1024
const cachedS = 45 * 24 * 3600
const rememberedArchives = 2

interface Range {
  readonly from: number
  /** Included. */
  readonly to: number
}

/** The range a request asks for, `null` for all of it; only the one plain form is understood (the API facts, §6). */
function rangeOf(request: ApiRequest, size: number): Range | null {
  const header = headerOf(request, 'range')
  if (header === null) return null
  const [, start = '', end = ''] = /^bytes=(\d+)-(\d*)$/.exec(header.trim()) ?? []
  if (start === '') throw new ApiError('storage_invalid_range')
  const from = Number(start)
  const to = end === '' ? Math.min(from + mostAtOnceBytes - 1, size - 1) : Number(end)
  // One byte alone cannot be had: the server wants the end beyond the start.
  if (from >= to || to >= size) throw new ApiError('storage_invalid_range')
  return { from, to }
}

/** Archives are made when they are asked for; who asks in parts asks often. */
function createArchives(): (deployment: Deployment, kind: ArchiveKind) => Buffer {
  const made = new Map<string, Buffer>()
  return (deployment, kind) => {
    const name = `${deployment.sourceSalt} ${deployment.createdAtMs} ${kind}`
    const known = made.get(name)
    if (known !== undefined) return known
    const bytes = archiveOf(deployment, kind)
    for (const oldest of made.keys()) if (made.size >= rememberedArchives) made.delete(oldest)
    made.set(name, bytes)
    return bytes
  }
}

function isFileThere({ deployment, build }: DeploymentState, kind: ArchiveKind): boolean {
  if (kind === 'output') return build.status === 'ready'
  // A push is fetched by the worker that builds it.
  return deployment.type !== 'vcs' || build.startedAtMs !== null
}

function fileName(id: string, kind: ArchiveKind, version: Version): string {
  return isFrom(version, '1.9') ? `${id}-${kind}.tar.gz` : `${id}.tar.gz`
}

function fileHeaders(id: string, kind: ArchiveKind, version: Version, nowMs: number): Record<string, string> {
  return {
    ...(isFrom(version, '1.7')
      ? { 'Cache-Control': `private, max-age=${cachedS}` }
      : { Expires: new Date(nowMs + cachedS * 1000).toUTCString() }),
    'X-Peak': isFrom(version, '1.9') ? '86770912' : isFrom(version, '1.7') ? '64987920' : '41270664',
    'Content-Disposition': `attachment; filename="${fileName(id, kind, version)}"`,
    'Content-Type': 'application/gzip'
  }
}

/** The archives of a deployment, whole or in parts. */
export const deploymentDownloads: Resource = (version) => {
  const archive = createArchives()
  const one = '/functions/{functionId}/deployments/{deploymentId}'
  const isModern = isFrom(version, '1.7')

  const send = (asked: Asked, { clock }: World, kind: ArchiveKind): Told => {
    const found = deploymentOf(asked, functionOf(asked))
    if (!isFileThere(found, kind)) throw new ApiError('deployment_not_found')
    const bytes = archive(found.deployment, kind)
    const range = rangeOf(asked.request, bytes.length)
    const headers = fileHeaders(found.deployment.id, kind, version, clock.nowMs())
    const isLarge = !isModern || bytes.length > mostAtOnceBytes
    if (range === null) return { status: 200, bytes, headers, isChunked: isLarge }
    const part = { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes ${range.from}-${range.to}/${bytes.length}` }
    return {
      status: 206,
      bytes: bytes.subarray(range.from, range.to + 1),
      headers: { ...headers, ...part },
      isChunked: !isModern
    }
  }
  const kindOf = ({ request: { query } }: Asked): ArchiveKind => {
    const given = query.get('type')
    if (!isModern || given === undefined) return 'source'
    return oneOf('type', String(given), ['source', 'output']) === 'output' ? 'output' : 'source'
  }
  return [
    {
      method: 'GET',
      pattern: `${one}/download`,
      scope: 'functions.read',
      operation: isModern ? 'functions.getDeploymentDownload' : 'functions.downloadDeployment',
      handle: (asked, world) => send(asked, world, kindOf(asked))
    },
    ...(isFrom(version, '1.6')
      ? [
          {
            method: 'GET' as const,
            pattern: `${one}/build/download`,
            scope: 'functions.read',
            // 1.9.5 lost what made this path the output's.
            handle: (asked: Asked, world: World) => send(asked, world, isFrom(version, '1.9.5') ? 'source' : 'output')
          }
        ]
      : [])
  ]
}
