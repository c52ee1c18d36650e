// Compares any two kept days. Loaded by site.js on the page compare/, whose address is the state: ?from=…&to=…&task=….
// Comes in: what days.js exports, through it the kept days and the two raw snapshots. Goes out: the same tables as on
// the pages that compare editions (templates/_compared.html). Names are the source's: text, never HTML.
document.currentScript.exports = async (section, address, load) => {
  const days = await load('static/days.js');
  const { absent, anchor, archive, element, long, obstacleHere, percent, pick } = days;
  const { ranking, short, spaces, Unread, upright, yearAndMonth } = days;
  const missing = '–';

  return attend(section, address);

  /** `section` is filled; `address` makes a path from the site's root into a URL. */
  async function attend(section, address) {
    const view = build(section);
    const end = (reason) => {
      view.form.remove();
      view.lists.remove();
      say(view, [reason]);
    };
    if (obstacleHere) {
      return end(`${obstacleHere} compares any two days; the comparisons of editions below work here too.`);
    }
    try {
      start(view, await archive(address), address);
    } catch (problem) {
      if (!(problem instanceof Unread)) throw problem;
      end('The list of days could not be loaded. Reload the page to try again.');
    }
  }

  function start(view, { days, load }, address) {
    const kept = new Map(days.map((day) => [day.day, day]));
    let turn = 0;

    const change = () => go({ from: view.from.value, to: view.to.value, task: view.task.value });
    for (const select of [view.from, view.to, view.task]) select.addEventListener('change', change);
    view.tables.addEventListener('click', follow);
    addEventListener('popstate', show);
    show();

    function go(state) {
      history.pushState(null, '', query(state));
      return show();
    }

    // A task in the table leads to its models: the same address as a link, without loading the page again.
    async function follow(event) {
      const link = event.target.closest('a[data-task]');
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      await go({ ...completed(asked(), days), task: link.dataset.task });
      view.task.focus();
    }

    async function show() {
      const mine = ++turn;
      const state = completed(asked(), days);
      choose(view, days, state);
      const unknown = [state.from, state.to].filter((day) => !kept.has(day));
      if (unknown.length) return say(view, unknown.map((day) => absent(day, days)));
      if (state.from === state.to) return say(view, ['Both are the same day. Choose another one.']);
      const [before, after] = [state.from, state.to].sort().map((day) => kept.get(day));
      try {
        view.status.textContent ||= 'Loading…';
        const data = await Promise.all([before, after].map(load));
        if (mine === turn) draw(view, state, side(before, data[0], address), side(after, data[1], address));
      } catch (problem) {
        if (!(problem instanceof Unread)) throw problem;
        if (mine === turn) say(view, ['A snapshot could not be loaded. Choose again to try once more.']);
      }
    }
  }

  // --- The address ----------------------------------------------------------------------------------------------

  function asked() {
    const parameters = new URLSearchParams(location.search);
    return { from: parameters.get('from'), to: parameters.get('to'), task: parameters.get('task') ?? '' };
  }

  // Without an answer: the newest day, and the one 7 days before it or else its neighbour.
  function completed({ from, to, task }, days) {
    const last = to || days.at(-1).day;
    const before = days.filter((day) => day.day < last);
    const neighbour = before.at(-1) ?? days.find((day) => day.day > last) ?? days[0];
    const usual = before.find((day) => apart(day.day, last) === 7) ?? neighbour;
    return { from: from || usual.day, to: last, task };
  }

  function query({ from, to, task }) {
    const text = (value) => encodeURIComponent(value).replaceAll('%3A', ':');
    return `?from=${text(from)}&to=${text(to)}` + (task ? `&task=${text(task)}` : '');
  }

  // --- What is compared -----------------------------------------------------------------------------------------

  function side(day, data, address) {
    const raw = (pointer) => address(`${day.file}#${pointer}`);
    const place = (pointer, part) => (day.page ? address(`${day.page}#${part}`) : raw(pointer));
    return { ...day, data, raw, place, date: short(day.day) };
  }

  // By place and tokens on the later day, then those that are gone; `why` says why one is not compared.
  function pairs(before, after, why) {
    const ids = [...new Set([...after.keys(), ...before.keys()])];
    const rows = ids.map((id) => ({ id, then: before.get(id), now: after.get(id) }));
    for (const row of rows) row.reason = why(row);
    const key = ({ then, now, id }) => [now ? 0 : 1, (now ?? then).place, -(now ?? then).tokens, id];
    return rows.sort((one, other) => order(key(one), key(other)));
  }

  function order(one, other) {
    const place = one.findIndex((value, index) => value !== other[index]);
    return place < 0 ? 0 : one[place] < other[place] ? -1 : 1;
  }

  function outcome({ then, now, reason }) {
    if (reason) return missing;
    if (!then) return `✚${spaces}new`;
    if (!now) return `✕${spaces}left`;
    const gained = then.place - now.place;
    return gained > 0 ? `▲${spaces}up${spaces}${gained}` : gained < 0 ? `▼${spaces}down${spaces}${-gained}` : `=${spaces}same`;
  }

  function obstacle(before, after) {
    const repeated = [after, before].find((day) => day.repeats);
    if (repeated) return `on ${long(repeated.day)} the source repeated the figures of the day before`;
    return before.data.window_days === after.data.window_days ? '' : 'the window has another length since';
  }

  function redefined({ then, now }) {
    const isSame = !then || !now || (then.label === now.label && then.group === now.group);
    return isSame ? '' : 'the task was renamed or moved to another macro-category in between';
  }

  function beyondList({ then, now }, before, after) {
    const models = (list) => `${list.size} model${list.size === 1 ? '' : 's'}`;
    if (!then && now.place > before.size) return `the list was shorter then: ${models(before)}`;
    return !now && then.place > after.size ? `the list is shorter since: ${models(after)}` : '';
  }

  // --- Drawing --------------------------------------------------------------------------------------------------

  function draw(view, state, before, after) {
    const hindrance = obstacle(before, after);
    const [categories, tasks] = ['categories', 'tasks'].map((part) => [before, after].map((day) => ranking(part, day.data)));
    const found = {
      categories: pairs(...categories, () => hindrance),
      tasks: pairs(...tasks, (row) => hindrance || redefined(row)),
    };
    say(view, remarks(before, after, hindrance));
    const days = [before, after];
    const link = (id) => query({ ...state, task: id });
    view.tables.replaceChildren(
      ...part('categories', 'Macro-categories', table('macro-category', 'categories', found.categories, days)),
      ...part('tasks', 'Tasks', table('task', 'tasks', found.tasks, days, link), reasons(found.tasks, hindrance)),
    );
    offer(view.task, found.tasks, state.task);
    view.lists.hidden = false;
    view.models.replaceChildren(...models(state.task, found.tasks, days, hindrance));
  }

  function models(tag, tasks, days, hindrance) {
    if (!tag) return [];
    const task = tasks.find((row) => row.id === tag);
    if (!task) return [element('p', `Neither snapshot has a task ${upright(tag)}.`, 'note')];
    const lists = ['then', 'now'].map((when) => ranking('models', task[when], task[when]?.pointer));
    const one = task.then ? !task.now && days[1] : days[0];
    const alone = one ? `the task was not there on ${long(one.day)}` : '';
    const rows = pairs(...lists, (row) => hindrance || task.reason || alone || beyondList(row, ...lists));
    const share = `Shares of the requests and tokens of ${name(task)}. A model that is not listed is unknown, not zero.`;
    return [element('p', share), table('model', 'models', rows, days), reasons(rows, hindrance)];
  }

  function table(label, kind, rows, days, link) {
    const dates = days.map((day) => day.date.replaceAll(spaces, ' ')); // may take two lines
    const drawn = element('table', [
      element('caption', `${long(days[0].day)} and ${long(days[1].day)}, by place on the later day`),
      element('thead', [
        element('tr', [element('td'), ...['place by requests', 'requests', 'tokens'].map((text) => spanning(text))]),
        element('tr', [label, ...[1, 2, 3].flatMap(() => [...dates, 'change'])].map((text) => heading(text, 'col'))),
      ]),
      element('tbody', rows.map((row) => tableRow(row, kind, days, link))),
    ]);
    drawn.className = 'facts compared';
    return drawn;
  }

  function tableRow(row, kind, days, link) {
    const sides = [row.then, row.now];
    const head = heading(link ? toModels(row, link(row.id)) : name(row), 'row');
    const detail = [...(kind === 'models' ? [] : [upright(row.id)]), ...former(row, days)].join(', ');
    if (detail) head.append(' ', element('small', detail));
    const places = sides.map((thing, index) => thing && anchor(standing(thing), days[index].raw(thing.pointer)));
    const shares = ['requests', 'tokens'].flatMap((measure) => [
      ...sides.map((thing, index) => {
        if (!thing) return kind === 'models' ? 'not listed' : 'not there';
        return anchor(percent(thing[measure]), days[index].place(thing.pointer, kind));
      }),
      row.then && row.now && !row.reason ? points(row.now[measure] - row.then[measure]) : missing,
    ]);
    const cells = [...places.map((place) => place ?? missing), outcome(row), ...shares];
    return element('tr', [head, ...cells.map((content) => element('td', content))]);
  }

  function former({ then, now }, days) {
    if (!then || !now) return [];
    const words = then.label === now.label ? [] : [`called ${upright(then.label)} then`];
    if (then.group === now.group) return words;
    const category = ranking('categories', days[0].data).get(then.group);
    return [...words, `part of ${upright(category?.label ?? then.group)} then`];
  }

  function remarks(before, after, hindrance) {
    const between = apart(before.day, after.day);
    const window = after.data.window_days;
    const shared = Math.max(0, Math.min(before.data.window_days, window - between));
    const distance = `${between} day${between === 1 ? '' : 's'} earlier`;
    return [
      `${long(after.day)} against ${long(before.day)}, ${distance}.`,
      ...(shared ? [`These windows share ${shared} of ${window} days, so a difference says less.`] : []),
      ...(hindrance ? [`Nothing is compared: ${hindrance}.`] : []),
    ];
  }

  function reasons(rows, hindrance) {
    const found = hindrance ? [] : [...new Set(rows.map((row) => row.reason).filter(Boolean))];
    const list = element('div', found.map((reason) => element('p', `${missing} no comparison: ${reason}.`, 'when')));
    return list;
  }

  // --- The form -------------------------------------------------------------------------------------------------

  function build(section) {
    const [from, to, task] = ['one-day', 'another-day', 'task'].map((id) => Object.assign(element('select'), { id: `compare-${id}` }));
    const view = { from, to, task, status: element('p'), notes: element('div'), tables: element('div'), models: element('div') };
    view.form = element('form', [labelled('One day', from), labelled('Another day', to)], 'choice');
    view.form.addEventListener('submit', (event) => event.preventDefault());
    const choice = element('div', [labelled('Task', task)], 'choice');
    view.lists = element('section', [...part('models', 'The models of a task', choice), view.models]);
    view.lists.hidden = true;
    view.status.setAttribute('role', 'status');
    section.replaceChildren(section.querySelector('h2'), view.form, view.status, view.notes, view.tables, view.lists);
    return view;
  }

  function choose(view, days, state) {
    if (view.from.length < days.length) for (const select of [view.from, view.to]) select.replaceChildren(...byMonth(days));
    pick(view.from, state.from, `no snapshot of ${long(state.from)}`);
    pick(view.to, state.to, `no snapshot of ${long(state.to)}`);
  }

  function byMonth(days) {
    const groups = new Map();
    for (const day of [...days].reverse()) {
      const month = day.day.slice(0, 7);
      if (!groups.has(month)) groups.set(month, Object.assign(element('optgroup'), { label: yearAndMonth(day.day) }));
      const edition = day.edition ? ` · edition ${day.edition}` : '';
      groups.get(month).append(new Option(`${long(day.day)}${edition}${day.repeats ? ' · source repeated' : ''}`, day.day));
    }
    return [...groups.values()];
  }

  function offer(select, tasks, tag) {
    const options = tasks.map((row) => new Option(`${name(row)} (${upright(row.id)})`, row.id));
    select.replaceChildren(new Option('none', ''), ...options);
    pick(select, tag, `no task ${upright(tag)}`);
  }

  /** Sentences in place of all tables, until `draw` puts some there: the first is read out. */
  function say(view, [first, ...others]) {
    view.status.textContent = first;
    view.notes.replaceChildren(...others.map((text) => element('p', text, 'note')));
    view.tables.replaceChildren();
    view.models.replaceChildren();
    view.lists.hidden = true;
  }

  // --- Words and elements ---------------------------------------------------------------------------------------

  function name({ then, now, id }) {
    return upright((now ?? then).label || id);
  }

  function standing({ place, isShared }) {
    return `${place}${isShared ? '=' : ''}`;
  }

  function points(thousandths) {
    const sign = thousandths > 0 ? '+' : thousandths < 0 ? '−' : '';
    return `${sign}${(Math.abs(thousandths) / 10).toFixed(1)}${spaces}pp`;
  }

  function apart(earlier, later) {
    return Math.round((Date.parse(later) - Date.parse(earlier)) / 86400000);
  }

  function part(id, title, ...content) {
    return [Object.assign(element('h2', anchor(title, `#${id}`)), { id }), ...content];
  }

  function labelled(text, control) {
    const label = element('label', text);
    label.htmlFor = control.id;
    return element('div', [label, control]);
  }

  function heading(content, scope) {
    const cell = element('th', content);
    cell.scope = scope;
    return cell;
  }

  function spanning(text) {
    return Object.assign(heading(text, 'colgroup'), { colSpan: 3 });
  }

  function toModels(row, href) {
    const link = anchor(name(row), href);
    link.dataset.task = row.id;
    return link;
  }
};
