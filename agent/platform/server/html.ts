/** Text that may stand between tags and in attributes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** A style sheet small enough to stand in the page: no second request, nothing to load from elsewhere. */
export const style = `:root{color-scheme:light dark;--good:#1a7f37;--bad:#b42318;--line:#8884}
@media(prefers-color-scheme:dark){:root{--good:#4ac26b;--bad:#ff8b82}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:44rem;padding:2rem 1.25rem;font:1.0625rem/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1.5rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
.now{border:1px solid var(--line);border-left:.5rem solid var(--tone);border-radius:.5rem;padding:1rem 1.25rem}
.now strong{display:block;font-size:1.3rem;line-height:1.3}
.good{--tone:var(--good)}
.bad{--tone:var(--bad)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:0}
dt{opacity:.75}
dd{margin:0}
ul{list-style:none;margin:0;padding:0}
li{display:flex;justify-content:space-between;gap:1rem;padding:.4rem 0;border-top:1px solid var(--line)}
li span:last-child{color:var(--tone);font-weight:600}
footer{margin-top:2.5rem;font-size:.9rem;opacity:.75}`
