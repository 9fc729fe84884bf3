import { createHash } from 'node:crypto'
import { Failure } from '../core/failure.ts'
import type { Asked } from './asked.ts'
import { contentRange, rangeAsked } from './content-range.ts'
import { changedFault, lengthFault, rangeFault } from './download-faults.ts'
import { Changed, lengthIn, partRefusal, refusalOf, refusing, sizeIn } from './download-head.ts'
import { PartFile } from './part-file.ts'
import { RequestFailure } from './request-failure.ts'
import type { ReplyHead, Take } from './stream-exchange.ts'
import type { RawReply } from './whole-exchange.ts'

export interface DownloadProgress {
  /** What is there, from an earlier time as well. */
  readonly receivedBytes: number
  /** `null` while the server does not say. */
  readonly totalBytes: number | null
}

export interface DownloadTarget {
  /** Absolute, as the user chose it; what is there is replaced. The name a server suggests is never used. */
  readonly file: string
  /** What is loaded, such as a deployment's id: only more of the same, and of the same size, is put to a part. */
  readonly identity: string
  /** Called after each piece. */
  readonly onProgress?: (progress: DownloadProgress) => void
}

/** What a download needs of the transport. */
export interface DownloadLine {
  readonly asked: Asked
  /** Below the endpoint, with the query. */
  readonly resource: string
  /** Sends the request once, with this `Range`. Throws a `RequestFailure`; bodies that are not taken are judged. */
  ask(range: string | null, onHead: (head: ReplyHead) => Take | null): Promise<RawReply>
  /** Throws for good, or resolves after a pause when the failure may pass. `tries` without any progress, from 1. */
  pauseAfter(failure: RequestFailure, tries: number): Promise<void>
}

/** Below the 10 MiB that Appwrite answers an open range with at most, and short enough to give others their turn. */
const partBytes = 4 * 1024 * 1024

/** What counts as progress: a line that breaks after each byte must not be asked for ever. */
const progressBytes = 64 * 1024
const maxRestarts = 2

/**
 * Loads a file part by part, and goes on where an earlier time ended. Resolves to its size when all of it is in its place.
 * After a failure the part is kept where it can be continued.
 */
export async function download(line: DownloadLine, target: DownloadTarget): Promise<number> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await new Download(line, target).run()
    } catch (thrown) {
      if (!(thrown instanceof Changed)) throw thrown
      if (restarts === maxRestarts) throw new Failure(changedFault(line.asked))
    }
  }
}

class Download {
  readonly #line: DownloadLine
  readonly #target: DownloadTarget
  #part: PartFile | null = null
  #canGoOn = false

  constructor(line: DownloadLine, target: DownloadTarget) {
    this.#line = line
    this.#target = target
  }

  async run(): Promise<number> {
    try {
      // Two bytes, since Appwrite refuses `bytes=0-0` (API facts §6); a file of one is refused these as well.
      const first = await this.#patiently(() => this.#ask('bytes=0-1', (head) => this.#firstTake(head)))
      if (first !== null && first.status === 206) return await this.#loadParts(sizeIn(first, this.#line.asked))
      const whole = first ?? (await this.#patiently(() => this.#ask(null, (head) => this.#wholeTake(head))))
      return await this.#endWhole(whole)
    } catch (thrown) {
      await this.#putAway(thrown)
      throw thrown
    }
  }

  /** `null` when there is no such range. */
  async #ask(range: string | null, onHead: (head: ReplyHead) => Take | null): Promise<RawReply | null> {
    try {
      return await this.#line.ask(range, onHead)
    } catch (thrown) {
      if (range !== null && thrown instanceof RequestFailure && thrown.status === 416) return null
      throw thrown
    }
  }

  #firstTake(head: ReplyHead): Take | null {
    return head.status === 206 ? () => Promise.resolve() : this.#wholeTake(head)
  }

  /** For a server that serves no ranges. There is no going on in such a body, so each try begins anew. */
  #wholeTake(head: ReplyHead): Take | null {
    if (head.status !== 200) return null
    const refusal = refusalOf(head, this.#line.asked)
    if (refusal !== null) return refusing(refusal)
    const totalBytes = lengthIn(head)
    let isBegun = false
    return async (chunk) => {
      this.#part ??= await PartFile.open(this.#target.file, this.#tag('whole'))
      if (!isBegun) await this.#part.restart()
      isBegun = true
      await this.#append(this.#part, chunk, totalBytes)
    }
  }

  async #endWhole(reply: RawReply | null): Promise<number> {
    const { asked } = this.#line
    if (reply?.status !== 200) throw new Failure(rangeFault(asked, 'all of it', `status ${reply?.status ?? 416}`))
    const refusal = refusalOf(reply, asked)
    if (refusal !== null) throw refusal
    const part = (this.#part ??= await PartFile.open(this.#target.file, this.#tag('whole')))
    const totalBytes = lengthIn(reply)
    if (totalBytes !== null && part.sizeBytes !== totalBytes) {
      throw new Failure(lengthFault(asked, part.sizeBytes, totalBytes))
    }
    await part.finish()
    return part.sizeBytes
  }

  async #loadParts(sizeBytes: number): Promise<number> {
    const part = await PartFile.open(this.#target.file, this.#tag(String(sizeBytes)))
    this.#part = part
    this.#canGoOn = true
    if (part.sizeBytes > sizeBytes) await part.restart()
    this.#target.onProgress?.({ receivedBytes: part.sizeBytes, totalBytes: sizeBytes })
    while (part.sizeBytes < sizeBytes) await this.#patiently(() => this.#loadPart(part, sizeBytes))
    await part.finish()
    return sizeBytes
  }

  async #loadPart(part: PartFile, sizeBytes: number): Promise<void> {
    const { asked } = this.#line
    const from = part.sizeBytes
    const to = Math.min(from + partBytes, sizeBytes) - 1
    const range = rangeAsked(from, to)
    let skip = from - range.from
    const reply = await this.#ask(range.header, (head) => {
      if (head.status !== 200 && head.status !== 206) return null
      const told = contentRange(head.headers)
      const refusal = partRefusal(head, told, { ...range, to, sizeBytes }, asked)
      if (refusal !== null || told === null) return refusing(refusal ?? new Changed())
      return async (chunk) => {
        const fresh = chunk.subarray(skip)
        skip -= chunk.length - fresh.length
        const endsAt = part.sizeBytes + fresh.length
        if (endsAt > told.to + 1) throw new Failure(lengthFault(asked, endsAt, told.to + 1))
        await this.#append(part, fresh, sizeBytes)
      }
    })
    if (reply?.status !== 206) throw new Changed()
    // It ended in good order with less than it announced: what is there is right, so the next part goes on after it.
    if (part.sizeBytes === from) {
      throw new RequestFailure(lengthFault(asked, from, sizeBytes), 'unknown', reply.status, true)
    }
  }

  async #append(part: PartFile, chunk: Buffer, totalBytes: number | null): Promise<void> {
    await part.append(chunk)
    this.#target.onProgress?.({ receivedBytes: part.sizeBytes, totalBytes })
  }

  async #patiently<Value>(act: () => Promise<Value>): Promise<Value> {
    for (let tries = 1; ; tries += 1) {
      const before = this.#part?.sizeBytes ?? 0
      try {
        return await act()
      } catch (thrown) {
        if (!(thrown instanceof RequestFailure)) throw thrown
        if ((this.#part?.sizeBytes ?? 0) - before >= progressBytes) tries = 1
        await this.#line.pauseAfter(thrown, tries)
      }
    }
  }

  /** Says for what the part is: of another server, file, identity or size it must not be continued. */
  #tag(size: string): string {
    const { asked, resource } = this.#line
    const text = JSON.stringify([asked.host, resource, this.#target.identity, size])
    return createHash('sha256').update(text).digest('hex').slice(0, 16)
  }

  /** The failure to tell is the one thrown, whatever the disk says to this. */
  async #putAway(thrown: unknown): Promise<void> {
    const part = this.#part
    if (part === null) return
    await (this.#canGoOn && !(thrown instanceof Changed) ? part.keep() : part.discard()).catch(() => undefined)
  }
}
