import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routesIn } from '../../../src-main/appwrite/proxy-routes.ts'

const plain = (hostname: string, port: number) => ({ kind: 'proxy', isTls: false, hostname, port })

describe('the routes in a PAC string', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    ['PROXY proxy.corp:3128', [plain('proxy.corp', 3128)]],
    ['PROXY proxy.corp', [plain('proxy.corp', 80)]],
    ['HTTP 10.0.0.1:8080;', [plain('10.0.0.1', 8080)]],
    ['HTTPS proxy.corp', [{ kind: 'proxy', isTls: true, hostname: 'proxy.corp', port: 443 }]],
    ['PROXY [2001:db8::1]:3128', [plain('2001:db8::1', 3128)]],
    [' proxy a:1 ; SOCKS5 b:2;SOCKS c:3 ;DIRECT ', [plain('a', 1), { kind: 'direct' }]],
    ['SOCKS5 b:2', []],
    ['QUIC a:1', []],
    ['PROXY', []],
    ['PROXY a:0; PROXY a:99999; PROXY a:b; PROXY user@a:1; PROXY a/b', []],
    ['', []]
  ])('%s', (pac, routes) => {
    expect(routesIn(pac)).toEqual(routes)
  })

  it('are places that can be dialled, or none, whatever the string', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('PROXY', 'HTTPS', 'DIRECT', ' ', ';', ':', '[', ']', 'a', '1', '\r\n', '@')),
        (parts) => {
          for (const route of routesIn(parts.join(''))) {
            if (route.kind === 'proxy') expect(`${route.hostname}:${route.port}`).not.toMatch(/[\s;@[\]]/)
          }
        }
      )
    )
  })
})
