import type { Fault } from '../contract/fault.ts'
import type { ProxyFailure } from './proxy-failure.ts'

const forbids = new Set(['PROXY_400', 'PROXY_401', 'PROXY_403', 'PROXY_404', 'PROXY_405'])

/** The fault for a connection that did not come about because of a proxy of this machine's network; it names the proxy. */
export function tunnelFault({ trouble, proxy, code }: ProxyFailure, host: string, detail: string): Fault {
  const unreachable = { code: 'unreachable', step: 'tcp', detail } as const
  switch (trouble) {
    case 'connection':
      if (code === 'ENETUNREACH' || code === 'ENETDOWN') {
        const message = `This machine has no network that leads to the proxy ${proxy}. Connect it, or start the VPN; nothing is known about ${host}.`
        return { code: 'offline', message, detail }
      }
      return {
        ...unreachable,
        code: code === 'ETIMEDOUT' ? 'timeout' : 'unreachable',
        message: `The proxy ${proxy} that this machine's settings name does not answer, so nothing is known about ${host}. Check the proxy settings of the system, and the VPN.`
      }
    case 'answer':
      return answerFault(code, proxy, host, detail)
    case 'protocol':
      return {
        ...unreachable,
        message: `What answers at ${proxy}, which this machine's settings name as a proxy, is none. Check the proxy settings of the system.`
      }
    case 'unusable':
      return {
        ...unreachable,
        message: `The proxy settings of this machine name no proxy for ${host} that Standby can use: it takes HTTP and HTTPS proxies, not SOCKS. Add an exception for ${host}, or name another proxy.`
      }
    case 'unresolved':
      return {
        ...unreachable,
        message: `The proxy settings of this machine could not be read, so ${host} was not asked. Check them in the system's settings.`
      }
  }
}

function answerFault(code: string, proxy: string, host: string, detail: string): Fault {
  if (code === 'PROXY_407') {
    const message = `The proxy ${proxy} asks for a name and a password, which Standby cannot give. Ask its operator to let ${host} through, or add an exception for it.`
    return { code: 'unreachable', step: 'tcp', message, detail }
  }
  if (forbids.has(code)) {
    const message = `The proxy ${proxy} does not let Standby through to ${host}: many allow only port 443. Ask its operator, or add an exception for ${host}.`
    return { code: 'unreachable', step: 'tcp', message, detail }
  }
  return {
    code: 'unreachable',
    step: 'tcp',
    message: `The proxy ${proxy} could not reach ${host} (${code.replace('PROXY_', '')}). The server may be down, or reachable only without the proxy.`,
    detail
  }
}
