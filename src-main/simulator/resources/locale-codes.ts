const words = (lines: readonly string[]) => lines.flatMap((line) => line.split(' '))

/** Countries with their telephone prefix, as the server lists them; the one without a prefix comes last. */
export const prefixes: readonly (readonly [country: string, prefix: string])[] = words([
  'CA1 US1 RU7 EG20 ZA27 GR30 NL31 BE32 FR33 ES34 HU36 IT39 RO40 CH41 AT43 GB44 DK45 SE46 NO47 PL48 DE49 PE51',
  'MX52 CU53 AR54 BR55 CL56 CO57 VE58 MY60 AU61 ID62 PH63 NZ64 SG65 TH66 KZ76 JP81 KR82 VN84 CN86 TR90 IN91',
  'PK92 AF93 LK94 MM95 IR98 SS211 MA212 DZ213 TN216 LY218 GM220 SN221 MR222 ML223 GN224 CI225 BF226 NE227 TG228',
  'BJ229 MU230 LR231 SL232 GH233 NG234 TD235 CF236 CM237 CV238 ST239 GQ240 GA241 CG242 CD243 AO244 GW245 SC248',
  'SD249 RW250 ET251 SO252 DJ253 KE254 TZ255 UG256 BI257 MZ258 ZM260 MG261 ZW263 NA264 MW265 LS266 BW267 SZ268',
  'KM269 ER291 PT351 LU352 IE353 IS354 AL355 MT356 CY357 FI358 BG359 LT370 LV371 EE372 MD373 AM374 BY375 AD376',
  'MC377 SM378 VA379 UA380 RS381 ME382 HR385 SI386 BA387 MK389 CZ420 SK421 LI423 BZ501 GT502 SV503 HN504 NI505',
  'CR506 PA507 HT509 BO591 GY592 EC593 PY595 SR597 UY598 TL670 BN673 NR674 PG675 TO676 SB677 VU678 FJ679 PW680',
  'WS685 KI686 TV688 FM691 MH692 KP850 KH855 LA856 BD880 TW886 MV960 LB961 JO962 SY963 IQ964 KW965 SA966 YE967',
  'OM968 PS970 AE971 IL972 BH973 QA974 BT975 MN976 NP977 TJ992 TM993 AZ994 GE995 KG996 UZ998 BS1242 BB1246',
  'AG1268 GD1473 LC1758 DM1767 VC1784 DO1809 TT1868 KN1869 JM1876'
]).map((word) => [word.slice(0, 2), word.slice(2)])

/** Every country the server knows, in no order. */
export const countries: readonly string[] = [...prefixes.map(([country]) => country), 'HK']

/** Members of the European Union, as the server counts them. */
export const euCountries: readonly string[] = words([
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'
])

/** The code of each continent, and of the region it is in the names that every language has. */
export const continents: readonly (readonly [code: string, region: string])[] = [
  ['AF', '002'],
  ['AN', 'AQ'],
  ['AS', '142'],
  ['EU', '150'],
  ['NA', '003'],
  ['OC', '009'],
  ['SA', '005']
]

/** In the server's order, the most used first. */
export const currencies: readonly string[] = words([
  'USD EUR GBP CAD AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BIF BND BOB BRL BWP BYR BZD CDF CHF CLP CNY COP',
  'CRC CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB GEL GHS GNF GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD',
  'JPY KES KHR KMF KRW KWD KZT LKR LTL LVL LYD MAD MDL MGA MKD MMK MOP MUR MXN MYR MZN NAD NGN NIO NOK NPR NZD',
  'OMR PAB PEN PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SDG SEK SGD SOS SYP THB TND TOP TRY TTD TWD TZS UAH UGX',
  'UYU UZS VEF VND XAF XOF YER ZAR ZMK'
])

/** Currencies the server shows without decimals; those it shows with three; all others have two. */
export const wholeCurrencies: readonly string[] = words([
  'AFN ALL AMD BIF BYR CLP COP CRC DJF GNF HUF IDR IQD IRR ISK JPY KMF KRW MGA MMK MUR PKR PYG RSD RWF SOS SYP',
  'TZS UGX UZS VND XAF XOF YER ZMK'
])
/** Three decimals. */
export const finestCurrencies: readonly string[] = words(['BHD JOD KWD LYD OMR TND'])

/** In the order of their codes. */
export const languages: readonly string[] = words([
  'aa ab af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el',
  'en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it',
  'iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms',
  'mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pi pl ps pt-pt pt-br qu rm rn ro ru rw sa sc sd se sg',
  'sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa',
  'wo xh yi yo za zh-cn zh-tw zu'
])

/** What `X-Appwrite-Locale` may be; any other value is as none. */
export const localeCodes: readonly string[] = words([
  'af ar-ae ar-bh ar-dz ar-eg ar-iq ar-jo ar-kw ar-lb ar-ly ar-ma ar-om ar-qa ar-sa ar-sy ar-tn ar-ye as az be',
  'bg bh bn bs ca cs cy da de de-at de-ch de-li de-lu el en en-au en-bz en-ca en-gb en-ie en-jm en-nz en-tt',
  'en-us en-za eo es es-ar es-bo es-cl es-co es-cr es-do es-ec es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-py',
  'es-sv es-uy es-ve et eu fa fi fo fr fr-be fr-ca fr-ch fr-lu ga gd he hi hr hu id is it it-ch ja ji ko ku lt',
  'lv mk ml ms mt nb ne nl nl-be nn no pa pl pt pt-br rm ro ro-md ru ru-md sb sk sl sq sr sv sv-fi th tn tr ts',
  'ua ur ve vi xh zh-cn zh-hk zh-sg zh-tw zu'
])
