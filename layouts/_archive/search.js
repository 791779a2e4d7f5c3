// 言葉で探す。言葉は koho archive search と同じにそろえ（archive/search/folding.py）、2文字ずつの組にして
// Pagefind にたずねる（archive/site/browser_search.py）。見つけた記事は textContent だけで書き、HTMLとして読むことはない。
(() => {
'use strict'

const PAIRS = [...'{{ variants }}']
const SAME = new Map(PAIRS.flatMap((each, place) => place % 2 ? [] : [[each, PAIRS[place + 1]]]))
for (const dash of '‐‑‒–—―−') SAME.set(dash, '-')
for (const circle of '○◯⚪') SAME.set(circle, '〇')
for (const wave of '〜∼〰') SAME.set(wave, '~')
for (let code = 0x30a1; code < 0x30f5; code++) SAME.set(String.fromCharCode(code), String.fromCharCode(code - 0x60))
for (const [kana, same] of ['ヽゝ', 'ヵか', 'ヶけ', 'ゕか', 'ゖけ']) SAME.set(kana, same)

const CLUSTER = /.[\u0300-\u036f\u3099-\u309c\uff9e\uff9f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]*/gsu
const DROPPED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/gu

const foldCluster = cluster => {
  if (cluster === '\n' || cluster === '\r') return '\n'
  const bare = cluster.replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '').replaceAll('\u309b', '\u3099').replaceAll('\u309c', '\u309a')
  const normal = bare.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
  const plain = normal.normalize('NFD').replace(/([a-z])[\u0300-\u036f]+/gu, '$1').normalize('NFC')
  return [...plain].map(each => SAME.get(each) ?? each).join('').replace(DROPPED, '')
}
const THOUSANDS = /([0-9]),(?=[0-9]{3}(?![0-9]))/gu
const fold = text => (text.match(CLUSTER) ?? []).map(foldCluster).join('').replace(THOUSANDS, '$1')
const spelled = text => [...text].map(each => {
  const units = Array.from(Array(each.length), (_, place) => each.charCodeAt(place).toString(16).padStart(4, '0'))
  return units.join('').replace(/./g, digit => 'abcdefghijklmnop'[parseInt(digit, 16)])
})
const phrase = word => {
  const each = spelled(word)
  return `"${each.length === 1 ? each[0] : each.slice(1).map((next, place) => each[place] + next).join(' ')}"`
}

// Where in the text the folded words are written: [first, last] pairs, in order, not overlapping.
const marksIn = (text, words) => {
  let folded = ''
  const places = []
  for (const found of text.matchAll(CLUSTER)) {
    const same = foldCluster(found[0])
    folded += same
    for (let unit = 0; unit < same.length; unit++) places.push([found.index, found.index + found[0].length])
  }
  for (const found of [...folded.matchAll(THOUSANDS)].reverse()) places.splice(found.index + 1, 1)
  folded = folded.replace(THOUSANDS, '$1')
  const spans = []
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      spans.push([places[at][0], places[at + word.length - 1][1]])
    }
  }
  spans.sort((one, other) => one[0] - other[0])
  return spans.reduce((joined, span) => {
    const last = joined.at(-1)
    if (last && span[0] < last[1]) last[1] = Math.max(last[1], span[1])
    else joined.push([...span])
    return joined
  }, [])
}
const write = (into, text, words) => {
  let end = 0
  for (const [first, last] of marksIn(text, words)) {
    const mark = document.createElement('mark')
    mark.textContent = text.slice(first, last)
    into.append(text.slice(end, first), mark)
    end = last
  }
  into.append(text.slice(end))
}
const snippet = (text, words) => {
  const first = marksIn(text, words)[0]?.[0] ?? 0
  const start = Math.max(0, first - 25)
  return (start ? '…' : '') + text.slice(start, start + 100) + (start + 100 < text.length ? '…' : '')
}

const AT_ONCE = 10
const part = id => document.getElementById(id)
const asked = new URLSearchParams(location.search)
// 「"空白の 入る言葉"」はひと続きで、「-言葉」はそれのない記事を探す。
const ASKED = /(^|\s)([-－−]?)(?:["“”]([^"“”]+)["“”]|([^\s"“”]+))|["“”]([^"“”]+)["“”]|[^\s"“”]+/gu
const [words, without] = (() => {
  const found = [new Set(), new Set()]
  for (const each of (asked.get('q') ?? '').matchAll(ASKED)) {
    const word = fold(each[3] ?? each[4] ?? each[5] ?? each[0]).replaceAll('\n', '')
    if (word) found[each[2] ? 1 : 0].add(word)
  }
  return found.map(each => [...each])
})()
const NARROWED = { {% for name, letter in narrowed.items() %}{{ name }}: '{{ letter }}', {% endfor %}}

const made = (name, className, ...children) => {
  const element = document.createElement(name)
  if (className) element.className = className
  element.append(...children)
  return element
}
const shown = hit => {
  const { heading, text, issue, day, page, department, image } = hit.meta
  const link = made('a', '')
  link.href = hit.raw_url.replace(/^\/+/, '')
  link.setAttribute('aria-label', `${heading}（${issue}、${page}ページ）`)  // いくつもの号に同じ見出しがある
  write(link, heading, words)
  const said = made('p', 'snippet')
  write(said, snippet(text, words), words)
  const facts = [issue, day, `${page}ページ`, department].filter(Boolean).join('・')
  const item = made('li', '', made('div', '', made('h2', '', link), made('p', 'quiet', facts), said))
  if (image) {
    const picture = made('img', '')
    Object.assign(picture, { alt: '', loading: 'lazy', src: image })
    item.prepend(picture)
  }
  return item
}

const found = async pagefind => {
  const narrowed = Object.keys(NARROWED).filter(name => part(name).value).map(name => `"${NARROWED[name]}${spelled(fold(part(name).value)).join('')}"`)
  const phrases = [...words.map(phrase), ...narrowed]
  if (!phrases.length) return null
  const each = await Promise.all(phrases.map(term => pagefind.search(term, { sort: { order: 'desc' } })))
  const called = hit => `${hit.id} ${hit.score}`  // the two indexes may use an id twice
  const others = each.slice(1).map(one => new Set(one.results.map(called)))
  const not = await Promise.all(without.map(word => pagefind.search(phrase(word), { sort: { order: 'desc' } })))
  const left = new Set(not.flatMap(one => one.results.map(called)))
  return each[0].results.filter(hit => others.every(ids => ids.has(called(hit))) && !left.has(called(hit)))
}
const show = async (hits, from) => {
  const next = await Promise.all(hits.slice(from, from + AT_ONCE).map(hit => hit.data()))
  part('hits').append(...next.map(shown))
  part('more').hidden = from + AT_ONCE >= hits.length
  part('more').onclick = async () => {
    await show(hits, from + AT_ONCE)
    part('hits').children[from + AT_ONCE].querySelector('a').focus()
  }
}

const start = async () => {
  await run()
  part('hits').setAttribute('aria-busy', 'false')
}
const run = async () => {
  part('q').value = asked.get('q') ?? ''
  for (const name of Object.keys(NARROWED)) {
    part(name).value = asked.get(name) ?? ''
    if (part(name).selectedIndex < 0) part(name).value = ''
    part(name).addEventListener('change', () => part(name).form.requestSubmit())
  }
  if (location.protocol === 'file:') {
    part('count').textContent = '言葉で探せるのは、サイトをウェブサーバーに置いたときだけです。年の一覧からは、このままでも読めます。'
    return
  }
  try {
    const pagefind = await import(new URL('pagefind/pagefind.js', location.href))
    await pagefind.init()
{% for folder in earlier %}
    // Sorted, a hit's score is its rank in its own index: those of earlier years come behind, however many there are.
    await pagefind.mergeIndex(new URL('{{ folder }}/', location.href).pathname, { indexWeight: 1e-6 ** {{ loop.index }} })
{% endfor %}
    const hits = await found(pagefind)
    if (!hits) return
    document.title = `${words.length ? `「${asked.get('q').trim()}」` : ''}${hits.length}件｜${document.title}`
    part('count').textContent = hits.length ? `${hits.length.toLocaleString('ja')}件見つかりました。新しいものから並べます。` : '見つかりませんでした。言葉を短くするか、年や担当課を「すべて」にしてください。'
    await show(hits, 0)
  } catch (fault) {
    console.error(fault)
    part('count').textContent = '探すための索引を読めませんでした。しばらくしてから、もう一度お試しください。'
  }
}
start()
})()
