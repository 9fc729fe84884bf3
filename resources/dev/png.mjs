import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const RGBA = 6

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} rgba row by row, four bytes a pixel, alpha not multiplied in
 */

/**
 * @param {Picture} picture
 * @returns {Buffer} a PNG file
 */
export function writePng({ width, height, rgba }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, RGBA], 8)
  const stride = width * 4
  const rows = Array.from({ length: height }, (_, y) => [
    Buffer.from([0]),
    rgba.subarray(y * stride, (y + 1) * stride)
  ]).flat()
  const data = deflateSync(Buffer.concat(rows), { level: 9 })
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/**
 * Reads back what `writePng` wrote, and no other PNG: another zlib packs the same pixels into other bytes.
 * @param {Buffer} file
 * @returns {Picture}
 */
export function readPng(file) {
  const width = file.readUInt32BE(16)
  const height = file.readUInt32BE(20)
  const dataAt = SIGNATURE.length + 12 + 13
  const rows = inflateSync(file.subarray(dataAt + 8, dataAt + 8 + file.readUInt32BE(dataAt)))
  const stride = width * 4
  const lines = Array.from({ length: height }, (_, y) => rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)))
  return { width, height, rgba: Buffer.concat(lines) }
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body) >>> 0, body.length + 4)
  return framed
}
