import { images, importer, mailer } from './kinds-events.ts'
import { api, beacon, pushed, relay } from './kinds-http.ts'
import { broken, prototype, retired } from './kinds-idle.ts'
import { cleanup, report, watch } from './kinds-jobs.ts'
import type { Kind } from './kind.ts'
import type { FunctionProfile } from './profile.ts'

type Row = readonly [kind: Kind, functionId: string, name: string, noun: string, upstream: string]

const rows: Readonly<Record<string, readonly Row[]>> = {
  storefront: [
    [api, 'checkout-api', 'Checkout API', 'order', 'pay.nordbank.example'],
    [relay, 'payment-webhooks', 'Payment webhook relay', 'payment', 'erp.fjellwerk.example'],
    [images, 'product-thumbnails', 'Product thumbnails', 'product', 'cdn.fjellwerk.example'],
    [mailer, 'order-mailer', 'Order confirmation mailer', 'order', 'smtp.fjellwerk.example'],
    [cleanup, 'cart-cleanup', 'Abandoned cart cleanup', 'cart', 'shop.fjellwerk.example'],
    [report, 'sales-report', 'Nightly sales report', 'order', 'files.fjellwerk.example'],
    [importer, 'catalogue-import', 'Supplier catalogue import', 'product', 'sftp.alpin-grossist.example'],
    [watch, 'stock-watch', 'Low stock watch', 'product', 'hooks.chat.example'],
    [pushed, 'recommendations', 'Recommendations', 'product', 'rank.fjellwerk.example'],
    [broken, 'search-index', 'Search index refresh', 'product', 'search.fjellwerk.example'],
    [beacon, 'consent-beacon', 'Consent beacon', 'consent', 'stats.fjellwerk.example'],
    [retired, 'erp-price-sync', 'ERP price sync (replaced)', 'price', 'erp.fjellwerk.example'],
    [prototype, 'gift-cards', 'Gift cards', 'card', 'pay.nordbank.example']
  ],
  'back-office': [
    [api, 'invoice-api', 'Invoice API', 'invoice', 'ledger.fjellwerk.example'],
    [relay, 'bank-notices', 'Bank notice relay', 'notice', 'ledger.fjellwerk.example'],
    [images, 'receipt-scans', 'Receipt scans', 'receipt', 'cdn.fjellwerk.example'],
    [mailer, 'dunning-mailer', 'Payment reminders', 'reminder', 'smtp.fjellwerk.example'],
    [cleanup, 'draft-cleanup', 'Draft cleanup', 'draft', 'office.fjellwerk.example'],
    [report, 'vat-report', 'VAT report', 'invoice', 'files.fjellwerk.example'],
    [importer, 'bank-import', 'Bank statement import', 'statement', 'sftp.nordbank.example'],
    [watch, 'limit-watch', 'Credit limit watch', 'customer', 'hooks.chat.example'],
    [pushed, 'fraud-score', 'Fraud score', 'invoice', 'rank.fjellwerk.example'],
    [broken, 'customer-index', 'Customer search index', 'customer', 'search.fjellwerk.example'],
    [beacon, 'audit-beacon', 'Screen time beacon', 'screen', 'stats.fjellwerk.example'],
    [retired, 'fax-gateway', 'Fax gateway', 'fax', 'fax.fjellwerk.example'],
    [prototype, 'supplier-portal', 'Supplier portal login', 'supplier', 'office.fjellwerk.example']
  ]
}

const anywhere: readonly Row[] = [
  [api, 'app-api', 'App API', 'item', 'api.fjellwerk.example'],
  [relay, 'webhook-relay', 'Webhook relay', 'hook', 'erp.fjellwerk.example'],
  [images, 'image-previews', 'Image previews', 'photo', 'cdn.fjellwerk.example'],
  [mailer, 'welcome-mailer', 'Welcome mailer', 'member', 'smtp.fjellwerk.example'],
  [cleanup, 'session-cleanup', 'Session cleanup', 'session', 'app.fjellwerk.example'],
  [report, 'usage-report', 'Usage report', 'event', 'files.fjellwerk.example'],
  [importer, 'partner-import', 'Partner import', 'partner', 'sftp.partners.example'],
  [watch, 'quota-watch', 'Quota watch', 'account', 'hooks.chat.example'],
  [pushed, 'ranking', 'Ranking', 'item', 'rank.fjellwerk.example'],
  [broken, 'search-index', 'Search index refresh', 'item', 'search.fjellwerk.example'],
  [beacon, 'usage-beacon', 'Usage beacon', 'usage', 'stats.fjellwerk.example'],
  [retired, 'push-legacy', 'Legacy push gateway', 'push', 'push.fjellwerk.example'],
  [prototype, 'stickers', 'Sticker packs', 'sticker', 'app.fjellwerk.example']
]

/** The functions of a project: a dozen of different characters. */
export function profilesOf(projectId: string): readonly FunctionProfile[] {
  return (rows[projectId] ?? anywhere).map(([kind, functionId, name, noun, upstream]) =>
    kind({ functionId, name, noun, upstream, host: `${functionId}.fjellwerk.example` })
  )
}
