/** Pieces of the page of a plan; everything that comes from outside goes through `escaped`. */

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** @param cells text, escaped here; the first of each row is its head */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map(([first = '', ...rest]) => {
    return `<tr><th scope="row">${escaped(first)}</th>${rest.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`
  })
  const title = caption === '' ? '' : `<caption>${escaped(caption)}</caption>`
  return `<table>${title}<thead><tr>${heads}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`
}

export function list(texts: readonly string[]): string {
  return `<ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('\n')}</ul>`
}

/** Nothing is loaded from elsewhere, and nothing runs. On paper a class is not torn apart and every page has its heads. */
export function document(language: string, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body><main>
${body.filter((part) => part !== '').join('\n')}
</main></body>
</html>
`
}

const style = `:root{color-scheme:light dark;--line:#8886;--bad:#b42318;--good:#1a7f37}
@media(prefers-color-scheme:dark){:root{--bad:#ff8b82;--good:#4ac26b}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;font-weight:normal;vertical-align:top;padding:.2rem .75rem .2rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{font-size:.85rem;opacity:.75;border-top:0}
tbody th[scope=row]{font-weight:500}
.numbers table{width:auto;min-width:20rem}
.numbers td:last-child,.numbers thead th:last-child{text-align:right;font-variant-numeric:tabular-nums}
.stop,.go{border:1px solid var(--line);border-left:.5rem solid var(--bad);border-radius:.5rem;padding:.75rem 1rem}
.go{border-left-color:var(--good)}
nav ul{columns:3;padding-left:1.2rem}
@media(max-width:40rem){nav ul{columns:1}}
@media print{@page{size:A4;margin:15mm}body{max-width:none;padding:0;font-size:9pt}nav{display:none}tr,caption,h2{break-inside:avoid;break-after:auto}h2,caption{break-after:avoid}thead{display:table-header-group}}`
