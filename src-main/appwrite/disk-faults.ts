import { Failure } from '../core/failure.ts'

const sentences: Readonly<Record<string, readonly ['invalid' | 'denied' | 'missing' | 'conflict', string]>> = {
  ENOSPC: ['invalid', 'The disk is full. Free some space and go on: what was loaded so far is kept.'],
  EDQUOT: ['invalid', 'Your quota on this disk is used up. Free some space and go on: what was loaded so far is kept.'],
  EFBIG: ['invalid', 'The file is larger than this disk can hold. Choose a place on another one.'],
  EACCES: ['denied', 'Standby may not write there. Choose a folder of your own.'],
  EPERM: [
    'denied',
    'Standby may not write there, or another program holds the file. Close it, or choose another place.'
  ],
  EROFS: ['denied', 'This disk is read-only. Choose a place on another one.'],
  EBUSY: ['conflict', 'Another program holds the file. Close it there, or choose another name.'],
  ENOENT: ['missing', 'The folder is not there any more. Choose another place.'],
  ENOTDIR: ['missing', 'The folder is not there any more. Choose another place.'],
  EISDIR: ['invalid', 'There is a folder of this name. Choose another name.'],
  ENAMETOOLONG: ['invalid', 'The name is too long for this disk. Choose a shorter one.']
}

/** The failure of field `file` for an error of the file system. */
export function diskFailure(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const detail = error instanceof Error ? `${error.name} ${code}` : ''
  const known = Object.hasOwn(sentences, code) ? sentences[code] : undefined
  const [kind, message] = known ?? [
    'invalid',
    'The file could not be written. Check the disk, or choose another place.'
  ]
  return new Failure({ code: kind, field: 'file', message, detail })
}
