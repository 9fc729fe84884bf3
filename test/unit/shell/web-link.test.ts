import { expect, it } from 'vitest'
import { webLink } from '../../../src-main/shell/web-link.ts'

it.each([
  ['https://wiki.example.com/runbooks/queues?x=1#mails', 'https://wiki.example.com/runbooks/queues?x=1#mails'],
  ['HTTPS://Wiki.Example.com', 'https://wiki.example.com/'],
  [' https://wiki.example.com/a', 'https://wiki.example.com/a'],
  ['http://wiki.example.com/', null],
  ['file:///etc/passwd', null],
  ['javascript:alert(1)', null],
  ['smb://host/share', null],
  ['ms-msdt:/id PCWDiagnostic', null],
  ['vscode://file/etc/passwd', null],
  ['https://good.example.com@evil.example.com/', null],
  ['https://user:password@wiki.example.com/', null],
  ['https:', null],
  ['wiki.example.com', null],
  ['\\\\host\\share', null],
  ['', null]
])('%j opens %j', (text, link) => expect(webLink(text)).toBe(link))
