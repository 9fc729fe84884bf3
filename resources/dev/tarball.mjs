import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { capture } from './processes.mjs'
import { projectRoot } from './project.mjs'

const BLOCK_BYTES = 512

/**
 * Downloads a package's tarball as npm would: its registry, proxy and certificates are npm's own settings.
 * @param {string} spec `name@version`
 * @param {string} folder where the tarball is put
 * @returns {Promise<string>} the tarball's path
 */
export async function downloadPackage(spec, folder) {
  const args = ['pack', spec, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error']
  // Under `npm run` the running npm is named; a shell is only needed for Windows' npm.cmd.
  const npm = process.env.npm_execpath
  const { code, stdout, output } =
    npm === undefined || !/\.c?js$/.test(npm)
      ? await capture('npm', args, { cwd: projectRoot, shell: process.platform === 'win32' })
      : await capture(process.execPath, [npm, ...args], { cwd: projectRoot })
  const name = stdout.trim().split('\n').at(-1)
  if (code !== 0 || !name) throw new Error(`npm could not fetch ${spec}: ${output.trim()}`)
  return path.join(folder, name)
}

/**
 * Writes one file of a package tarball to `target`. Throws when the tarball is not the one pinned by `integrity`
 * (`sha512-…`); what was written by then must not be used.
 * @param {string} tarball
 * @param {string} integrity
 * @param {string} entryName
 * @param {string} target
 */
export async function extractVerified(tarball, integrity, entryName, target) {
  const hash = createHash('sha512')
  const hashing = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    }
  })
  let found = false
  await pipeline(createReadStream(tarball), hashing, createGunzip(), async (chunks) => {
    found = await writeEntry(chunks, entryName, target)
  })
  const actual = `sha512-${hash.digest('base64')}`
  if (actual !== integrity) throw new Error(`${tarball} is not the pinned package: ${actual}`)
  if (!found) throw new Error(`${tarball} holds no ${entryName}`)
}

/**
 * @param {AsyncIterable<Buffer>} chunks an unpacked tar
 * @param {string} entryName
 * @param {string} target
 * @returns {Promise<boolean>} whether the entry was there
 */
async function writeEntry(chunks, entryName, target) {
  const file = await open(target, 'wx', 0o600)
  let found = false
  let header = Buffer.alloc(0)
  // What is left of the current entry: its content, and its content rounded up to whole blocks.
  let contentLeft = 0
  let blocksLeft = 0
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        if (blocksLeft > 0) {
          const part = chunk.subarray(at, at + blocksLeft)
          if (contentLeft > 0) await file.writeFile(part.subarray(0, contentLeft))
          contentLeft = Math.max(0, contentLeft - part.length)
          blocksLeft -= part.length
          at += part.length
          continue
        }
        const part = chunk.subarray(at, at + BLOCK_BYTES - header.length)
        header = Buffer.concat([header, part])
        at += part.length
        if (header.length < BLOCK_BYTES) continue
        const size = Number.parseInt(textAt(header, 124, 12), 8) || 0
        const isWanted = textAt(header, 0, 100) === entryName
        found ||= isWanted
        contentLeft = isWanted ? size : 0
        blocksLeft = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
        header = Buffer.alloc(0)
      }
    }
  } finally {
    await file.close()
  }
  return found
}

/**
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 */
function textAt(header, start, length) {
  const text = header.toString('utf8', start, start + length)
  const end = text.indexOf('\0')
  return (end < 0 ? text : text.slice(0, end)).trim()
}
