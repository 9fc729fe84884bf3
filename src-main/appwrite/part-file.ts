import { constants, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { diskFailure } from './disk-faults.ts'

/** A source archive may hold secrets. */
const ownerOnly = 0o600

/**
 * What is loaded of a file, beside the place where it will stand: `NAME.TAG.part`. The tag says of what, so that a part is
 * only ever continued with more of the same. Every method throws a `Failure` with the field `file`.
 */
export class PartFile {
  readonly #file: string
  readonly #path: string
  readonly #handle: FileHandle
  #sizeBytes: number
  #isOpen = true

  private constructor(file: string, path: string, handle: FileHandle, sizeBytes: number) {
    this.#file = file
    this.#path = path
    this.#handle = handle
    this.#sizeBytes = sizeBytes
  }

  /** Opens the part with this tag, hex digits, or begins one; parts of the same file with other tags are removed. */
  static open(file: string, tag: string): Promise<PartFile> {
    return onDisk(async () => {
      const path = `${file}.${tag}.part`
      await removeOthers(file, basename(path))
      const handle = await open(path, constants.O_RDWR | constants.O_CREAT, ownerOnly)
      return new PartFile(file, path, handle, (await handle.stat()).size)
    })
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  append(chunk: Uint8Array): Promise<void> {
    return onDisk(async () => {
      for (let at = 0; at < chunk.length;) {
        const { bytesWritten } = await this.#handle.write(chunk, at, chunk.length - at, this.#sizeBytes)
        at += bytesWritten
        this.#sizeBytes += bytesWritten
      }
    })
  }

  restart(): Promise<void> {
    return onDisk(async () => {
      await this.#handle.truncate(0)
      this.#sizeBytes = 0
    })
  }

  /** Puts the whole file in its place, replacing what is there. After a crash it is there whole or not at all. */
  async finish(): Promise<void> {
    await this.keep()
    await onDisk(() => rename(this.#path, this.#file))
  }

  /** Closes it, to be continued another time. */
  keep(): Promise<void> {
    return onDisk(async () => {
      if (!this.#isOpen) return
      try {
        await this.#handle.sync()
      } finally {
        await this.#close()
      }
    })
  }

  discard(): Promise<void> {
    return onDisk(async () => {
      await this.#close()
      await rm(this.#path, { force: true })
    })
  }

  async #close(): Promise<void> {
    this.#isOpen = false
    await this.#handle.close()
  }
}

async function removeOthers(file: string, part: string): Promise<void> {
  const folder = dirname(file)
  const prefix = `${basename(file)}.`
  for (const name of await readdir(folder)) {
    const isPart = name.startsWith(prefix) && /^[0-9a-f]{16}\.part$/.test(name.slice(prefix.length))
    if (isPart && name !== part) await rm(join(folder, name), { force: true })
  }
}

async function onDisk<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act()
  } catch (error) {
    throw diskFailure(error)
  }
}
