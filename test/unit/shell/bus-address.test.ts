import { describe, expect, it } from 'vitest'
import { sessionBusAddress } from '../../../src-main/shell/notifier/bus-address.ts'

const addressOf = (env: Record<string, string>, ...paths: string[]) =>
  sessionBusAddress(env, (path) => paths.includes(path))

describe("the address of the session's bus", () => {
  it('takes the address the session names', () => {
    expect(addressOf({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/7/bus', XDG_RUNTIME_DIR: '/x' }, '/x/bus')).toBe(
      'unix:path=/run/user/7/bus'
    )
    expect(addressOf({ DBUS_SESSION_BUS_ADDRESS: 'unix:guid=1,abstract=/tmp/b' })).toBe('unix:guid=1,abstract=/tmp/b')
  })

  it('takes a socket of this machine where there are several, and never starts a program or goes out for one', () => {
    const exec = 'unixexec:path=/bin/sh,arg1=-c'
    expect(addressOf({ DBUS_SESSION_BUS_ADDRESS: `${exec};tcp:host=h,port=1;unix:path=/b` })).toBe('unix:path=/b')
    for (const other of [exec, 'tcp:host=h,port=1', 'autolaunch:', 'unix:', 'unix:path=', 'nonsense']) {
      expect(addressOf({ DBUS_SESSION_BUS_ADDRESS: other })).toBeNull()
    }
  })

  it('finds the usual socket where the session names none', () => {
    expect(addressOf({ XDG_RUNTIME_DIR: '/run/user/7' }, '/run/user/7/bus')).toBe('unix:path=/run/user/7/bus')
    expect(addressOf({ XDG_RUNTIME_DIR: '/run/user/7', DBUS_SESSION_BUS_ADDRESS: '' }, '/run/user/7/bus')).toBe(
      'unix:path=/run/user/7/bus'
    )
  })

  it('knows a session without a bus', () => {
    expect(addressOf({})).toBeNull()
    expect(addressOf({ XDG_RUNTIME_DIR: '/run/user/7' })).toBeNull()
    expect(addressOf({ XDG_RUNTIME_DIR: 'here' }, 'here/bus')).toBeNull()
  })
})
