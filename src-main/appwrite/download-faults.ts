import type { Fault } from '../contract/fault.ts'
import { detailOf, type Asked } from './asked.ts'

/** The fault for an archive that became another one while it was loaded, again and again. */
export function changedFault({ host, path }: Asked): Fault {
  return {
    code: 'conflict',
    message: `The file on ${host} changed while it was loaded. Nothing was saved; try again once it is at rest.`,
    detail: path
  }
}

/** The fault for a body that ended properly but holds fewer bytes than it should, or more. */
export function lengthFault(asked: Asked, receivedBytes: number, expectedBytes: number): Fault {
  return {
    code: 'server',
    message: `${asked.host} sent ${receivedBytes} of ${expectedBytes} bytes and called it complete. Nothing was saved; try again, then look at the proxy.`,
    detail: detailOf(`${asked.path}: ${receivedBytes} of ${expectedBytes} bytes`, asked)
  }
}

/** The fault for a part that is not the one that was asked for. */
export function rangeFault(asked: Asked, asking: string, told: string | null): Fault {
  return {
    code: 'server',
    message: `${asked.host} sent another part of the file than was asked for. Nothing was saved; look at the proxy in front of Appwrite.`,
    detail: detailOf(`${asked.path}: ${asking}, got ${told ?? 'no range'}`, asked)
  }
}

/** The fault for a second download to the same file. */
export const busyFault: Fault = {
  code: 'conflict',
  field: 'file',
  message: 'Something is being loaded to this file already. Wait for it, or choose another name.'
}
