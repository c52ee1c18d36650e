// What the pages share that look into raw snapshots: compare.js and check.js. Loaded by site.js beside either of them.
// Comes in: compare/days.json, which names every kept day with its file, and raw snapshots as they are asked for.
(() => {
  const spaces = '\u00a0';
  const months = 'January February March April May June July August September October November December'.split(' ');
  const collections = {
    categories: ['macro_categories', 'key', 'label', 'usage_share', 'token_share'],
    tasks: ['classifications', 'tag', 'display_name', 'usage_share', 'token_share'],
    models: ['models', 'id', '', 'tag_usage_share', 'tag_token_share'],
  };
  const obstacleHere = location.protocol === 'file:' // a reason that wants a verb behind it; '' where there is none
    ? 'Opened from a folder, this page may not read the snapshots beside it. Served by any web server, it'
    : '';

  class Unread extends Error {}

  document.currentScript.exports = {
    ...{ absent, anchor, archive, element, long, nearest, obstacleHere, ordinal, percent, pick, placeAmong, ranking, read },
    ...{ short, spaces, Unread, upright, versioned, yearAndMonth },
  };

  // --- Reading --------------------------------------------------------------------------------------------------

  /** Every kept day, oldest first, and a function that reads the snapshot of one. Throws Unread. */
  async function archive(address) {
    const days = await read(versioned(address('compare/days.json')));
    const snapshots = new Map(); // by file, as promises: each is asked for once
    const load = ({ file }) => {
      if (!snapshots.has(file)) {
        const asking = read(address(file)).then((answer) => answer.data);
        snapshots.set(file, asking);
        asking.catch(() => snapshots.delete(file));
      }
      return snapshots.get(file);
    };
    return { days, load };
  }

  /** The JSON at `url`, packed or not. Throws Unread. */
  async function read(url) {
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok) throw new Unread(url);
    return answer.blob().then(unpacked).then(JSON.parse).catch(() => Promise.reject(new Unread(url)));
  }

  /** The text of a body, which may be in gzip: old snapshots are, unless the server unpacks them itself. */
  async function unpacked(body) {
    const [first, second] = new Uint8Array(await body.slice(0, 2).arrayBuffer());
    if (first !== 0x1f || second !== 0x8b) return body.text();
    return new Response(body.stream().pipeThrough(new DecompressionStream('gzip'))).text();
  }

  // Of the page's build: a reader never mixes two.
  function versioned(url) {
    return `${url}?v=${document.documentElement.dataset.version}`;
  }

  // --- What a snapshot says -------------------------------------------------------------------------------------

  /** The things of one list by identifier, with their places by requests; shares in thousandths, as published. */
  function ranking(part, owner, pointer = '/data') {
    const [name, id, label, requests, tokens] = collections[part];
    const things = (owner?.[name] ?? []).map((thing, index) => ({
      id: thing[id],
      label: label && thing[label],
      group: thing.macro_category,
      requests: Math.round(thing[requests] * 1000),
      tokens: Math.round(thing[tokens] * 1000),
      pointer: `${pointer}/${name}/${index}`,
      models: thing.models,
    }));
    for (const thing of things) Object.assign(thing, placeAmong(things, thing, 'requests'));
    return new Map(things.map((thing) => [thing.id, thing]));
  }

  /** By `measure`: the place, whether others share it, and which. Equal in thousandths is level. */
  function placeAmong(things, thing, measure) {
    const level = things.filter((other) => other !== thing && other[measure] === thing[measure]);
    const place = 1 + things.filter((other) => other[measure] > thing[measure]).length;
    return { place, isShared: level.length > 0, level };
  }

  /** The kept days before and after one that is not kept. */
  function nearest(day, days) {
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) return [];
    return [days.findLast((other) => other.day < day), days.find((other) => other.day > day)].filter(Boolean);
  }

  // --- Words ----------------------------------------------------------------------------------------------------

  function absent(day, days) {
    const around = nearest(day, days).map((other) => long(other.day));
    const named = around.length ? `; the nearest: ${around.join(' and ')}` : '';
    const kept = days.length === 1 ? 'One day is kept' : `${days.length} days are kept, from ${long(days[0].day)} to`;
    return `There is no snapshot of ${long(day)}. ${kept}${days.length === 1 ? ':' : ''} ${long(days.at(-1).day)}${named}.`;
  }

  // In place of characters that would turn the sentence around them, as generator/formats.py has it.
  function upright(text) {
    return text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  }

  function ordinal(number) {
    const isTeen = number % 100 > 10 && number % 100 < 14;
    return `${number}${(!isTeen && { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10]) || 'th'}`;
  }

  function percent(thousandths) {
    return `${(thousandths / 10).toFixed(1)}${spaces}%`;
  }

  function dated(day, length) {
    const [year, month, date] = day.split('-').map(Number);
    return months[month - 1] && date ? `${date}${spaces}${months[month - 1].slice(0, length)}${spaces}${year}` : upright(day);
  }

  function long(day) {
    return dated(day, 9);
  }

  function short(day) {
    return dated(day, 3);
  }

  function yearAndMonth(day) {
    return `${months[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
  }

  // --- Elements -------------------------------------------------------------------------------------------------

  // An address may ask for what is not there: then that is what the box says.
  function pick(select, value, absence) {
    select.querySelector('[data-absent]')?.remove();
    select.value = value;
    if (select.selectedIndex >= 0) return;
    const option = new Option(absence, value, true, true);
    option.dataset.absent = 'yes';
    select.prepend(option);
    select.value = value;
  }

  function anchor(text, href) {
    return Object.assign(element('a', text), { href });
  }

  function element(kind, content = [], className = '') {
    const made = document.createElement(kind);
    if (className) made.className = className;
    made.append(...[content].flat());
    return made;
  }
})();
