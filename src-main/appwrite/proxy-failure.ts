/** What became of the way through a proxy: its own connection, its answer, or the settings that should name it. */
export type ProxyTrouble = 'connection' | 'answer' | 'protocol' | 'unusable' | 'unresolved'

/** A connection did not come about because of the proxy in between, not of the server. */
export class ProxyFailure extends Error {
  readonly trouble: ProxyTrouble
  /** As in the settings, `host:port`; empty where none is known. */
  readonly proxy: string
  /** That of the connection, or `PROXY_` and the status of the answer. */
  readonly code: string

  constructor(trouble: ProxyTrouble, proxy: string, code: string, message: string) {
    super(message)
    this.name = 'ProxyFailure'
    this.trouble = trouble
    this.proxy = proxy
    this.code = code
  }
}
