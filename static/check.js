// Checks a claim: where a model stood in a task on a day. Loaded by site.js on the page check/, whose address is the
// claim: ?model=…&task=…&date=…. Comes in: what days.js exports, through it the kept days and the raw snapshot of that
// day, and check/names.json, which names every task and model ever listed. Goes out: one sentence with its proof.
// Names are the source's: text, never HTML.
document.currentScript.exports = async (section, address, load) => {
  const days = await load('static/days.js');
  const { absent, anchor, archive, element, long, nearest, obstacleHere, ordinal, percent, pick } = days;
  const { placeAmong, ranking, read, spaces, Unread, upright, versioned } = days;

  return attend(section, address);

  /** `section` holds the form and the place of the answer; `address` makes a path from the site's root into a URL. */
  async function attend(section, address) {
    const form = section.querySelector('form');
    const { task, model, date, measure } = form.elements;
    const [names, status, proof] = ['datalist', '[role=status]', '.proof'].map((part) => section.querySelector(part));
    const view = { form, task, model, date, measure, names, status, proof };
    const end = (reason) => (form.remove(), say(view, reason));
    if (obstacleHere) return end(`${obstacleHere} checks any claim; the editions and the pages of days work here too.`);
    try {
      const [kept, everListed] = await Promise.all([archive(address), read(versioned(address('check/names.json')))]);
      start(view, kept, catalogue(everListed), { address, source: section.dataset.source, site: section.dataset.site });
    } catch (problem) {
      if (!(problem instanceof Unread)) throw problem;
      end('The list of days and names could not be loaded. Reload the page to try again.');
    }
  }

  function start(view, { days, load }, names, site) {
    let turn = 0;
    offer(view, names);
    view.form.addEventListener('submit', (event) => (event.preventDefault(), ask()));
    view.form.addEventListener('change', ask);
    addEventListener('popstate', show);
    view.form.hidden = false;
    show();

    function ask() {
      const query = queryOf({ ...chosen(view), model: names.idOf(view.model.value) });
      if (query !== location.search) history.pushState(null, '', query);
      return show();
    }

    async function show() {
      const mine = ++turn;
      const claim = completed(names, days);
      fill(view, claim, names);
      const wanting = !claim.task ? 'Choose a task.' : !claim.model ? 'Now name a model, by its name or its identifier.' : '';
      if (wanting) return say(view, wanting);
      const day = days.find((other) => other.day === claim.date);
      if (!day) return say(view, absent(claim.date, days), otherDays(claim, days), permalink(claim, site));
      try {
        view.status.textContent ||= 'Loading…';
        const data = await load(day);
        if (mine === turn) say(view, ...answer(claim, day, data, names, site));
      } catch (problem) {
        if (!(problem instanceof Unread)) throw problem;
        if (mine === turn) say(view, 'The snapshot could not be loaded. Check again to try once more.');
      }
    }
  }

  // --- The claim ------------------------------------------------------------------------------------------------

  function completed(names, days) {
    const asked = new URLSearchParams(location.search);
    const given = (name) => asked.get(name)?.trim() ?? '';
    const measure = given('measure') === 'tokens' ? 'tokens' : 'requests';
    return { model: names.idOf(given('model')), task: given('task'), date: given('date') || days.at(-1).day, measure };
  }

  function chosen({ task, date, measure }) {
    return { task: task.value, date: date.value, measure: measure.value };
  }

  function queryOf({ model, task, date, measure }) {
    const asked = { model, task, date, measure: measure === 'tokens' ? measure : '' };
    const text = (value) => encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2F', '/');
    const given = Object.entries(asked).filter(([, value]) => value);
    return '?' + given.map(([name, value]) => `${name}=${text(value)}`).join('&');
  }

  // What was ever listed. A model may be asked for by its name, in any case, where only one has it.
  function catalogue({ tasks, models }) {
    const [taskOf, nameOf, idsOf] = [new Map(tasks.map((task) => [task.tag, task])), new Map(), new Map()];
    for (const [id, name] of models) {
      nameOf.set(id, name);
      for (const key of [id, name]) idsOf.set(key.toLowerCase(), [...(idsOf.get(key.toLowerCase()) ?? []), id]);
    }
    const idOf = (text) => (nameOf.has(text) ? text : only(idsOf.get(text.trim().toLowerCase())) ?? text.trim());
    return { tasks, models, taskOf, nameOf, idOf, known: (id) => nameOf.has(id), name: (id) => nameOf.get(id) ?? upright(id) };
  }

  function only(found) {
    return new Set(found).size === 1 ? found[0] : undefined;
  }

  // --- The answer -----------------------------------------------------------------------------------------------

  // A sentence, then what stands below it.
  function answer(claim, day, data, names, site) {
    const tasks = [...ranking('tasks', data).values()];
    const task = tasks.find((other) => other.id === claim.task);
    const remarks = aboutDay(day);
    if (!task) {
      const label = names.taskOf.get(claim.task)?.label;
      const called = label ? `${label} (${upright(claim.task)})` : upright(claim.task);
      return [`The snapshot of ${long(day.day)} has no task ${called}.`, notes(remarks), permalink(claim, site)];
    }
    const label = labelOf(task, tasks);
    const list = [...ranking('models', task, task.pointer).values()];
    const model = list.find((other) => other.id === claim.model);
    const when = `On ${long(day.day)} (${data.window_days} day${data.window_days === 1 ? '' : 's'} ending that day)`;
    const [sentence, told] = model
      ? [`${when} ${standing(model, list, label, claim, names)}.`, levels(model, list, names)]
      : [`${when} ${names.name(claim.model)} was ${notAmong(list, label)}.`, unlisted(claim, list, names)];
    const proofs = [raw(day, task, model, data, site), elsewhere(day, task, model, names, site)];
    return [sentence, notes([...told, ...remarks]), ...proofs.flat(), cite(sentence, claim, day, site), permalink(claim, site)];
  }

  function standing(model, list, label, { measure }, names) {
    const other = measure === 'tokens' ? 'requests' : 'tokens';
    const place = (by) => {
      const { place, isShared } = placeAmong(list, model, by);
      return `${isShared ? 'shared ' : ''}${ordinal(place)}`;
    };
    const first = `${place(measure)} of ${list.length} in ${label} by ${measure} with ${percent(model[measure])}`;
    return `${names.name(model.id)} was ${first}, ${place(other)} by ${other} with ${percent(model[other])}`;
  }

  function notAmong(list, label) {
    if (!list.length) return `not listed: the source named no model for ${label}`;
    return `not among the ${list.length} model${list.length === 1 ? '' : 's'} listed for ${label}`;
  }

  function levels(model, list, names) {
    const shared = ['requests', 'tokens'].map((measure) => [measure, placeAmong(list, model, measure).level]);
    return [
      ...shared.filter(([, level]) => level.length).map(([measure, level]) => {
        const others = listed(level.map((other) => names.name(other.id)));
        return `By ${measure} it is level with ${others} in the three published decimals.`;
      }),
      'The list is cut by requests: a place by tokens is one among the listed models.',
    ];
  }

  function unlisted({ model }, list, names) {
    const least = Math.min(...list.map((other) => other.requests));
    const bound = list.length ? `: at most that of the last one listed, ${percent(least)} of the requests` : '';
    return [
      ...(names.known(model) ? [] : ['No snapshot kept here ever lists a model of that name: a look at the spelling may help.']),
      `What share it had is unknown${bound}. Not listed is not zero.`,
      ...(list.length ? [`Listed by requests: ${listed(list.map((other) => names.name(other.id)))}.`] : []),
    ];
  }

  function aboutDay({ day, file, repeats }) {
    const version = /\.r(\d+)\.json/.exec(file)?.[1];
    return [
      ...(version ? [`The source restated ${long(day)}: this is its ${ordinal(Number(version))} version.`] : []),
      ...(repeats ? [`On ${long(day)} the source repeated the figures of the day before.`] : []),
    ];
  }

  // As the pages have it: two tasks of one name are told apart by their tags.
  function labelOf(task, tasks) {
    const plain = ({ label }) => upright(label).toLowerCase();
    const isAlone = tasks.every((other) => other === task || plain(other) !== plain(task));
    return isAlone ? upright(task.label) : `${upright(task.label)} (${upright(task.id)})`;
  }

  function listed(words) {
    return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ');
  }

  // --- The proof ------------------------------------------------------------------------------------------------

  // The line of the model in the raw snapshot, or the list that it is not in.
  function raw(day, task, model, data, { address }) {
    const pointer = model ? model.pointer : `${task.pointer}/models`;
    const found = pointer.split('/').slice(2).reduce((value, step) => value[step], data);
    const lines = model ? JSON.stringify(found) : found.map((one) => JSON.stringify(one)).join('\n');
    const place = anchor(`${day.file.replace('data/v1/', '')}#${pointer}`, address(`${day.file}#${pointer}`));
    return [title('The raw snapshot'), element('p', ['At ', place, ' the source says:']), code(lines || '[]')];
  }

  // The same on pages that need no script.
  function elsewhere(day, task, model, names, { address }) {
    const at = names.taskOf.get(task.id)?.at[task.group];
    const pages = [];
    if (day.edition && at) {
      const page = address(`editions/${day.edition}/tasks/${at.split('/', 1)}/`);
      const row = model ? `/${model.pointer.split('/').at(-1)}` : ''; // by its place in the source
      pages.push(anchor(`the edition ${day.edition}, which stays as it is`, `${page}#${at}${row}`));
    }
    if (day.page && at) pages.push(anchor('the page of the day', address(day.page) + `#${at}`));
    if (!pages.length) return [];
    return [element('p', ['Without a script it is on ', ...pages.flatMap((page, index) => (index ? [' and ', page] : [page])), '.'])];
  }

  function cite(sentence, claim, day, site) {
    const source = site.source.replaceAll('{as_of}', day.day);
    const text = `${sentence.replaceAll(spaces, ' ')} ${source} Checked at ${site.site}, ${urlOf(claim)}`;
    const shown = code(text);
    return element('div', [title('To cite it', copyButton(shown, 'Copy the citation')), shown], 'snippet');
  }

  function permalink(claim) {
    return element('p', ['Permalink of this claim: ', anchor(urlOf(claim), urlOf(claim))], 'when');
  }

  function urlOf(claim) {
    const page = document.querySelector('link[rel=canonical]')?.href ?? location.origin + location.pathname;
    return page + queryOf(claim);
  }

  function otherDays(claim, days) {
    const links = nearest(claim.date, days).map(({ day }) => anchor(long(day), queryOf({ ...claim, date: day })));
    return element('p', links.length ? ['Check instead: ', ...links.flatMap((link, index) => (index ? [' or ', link] : [link]))] : []);
  }

  // --- The form and the page ------------------------------------------------------------------------------------

  function offer({ task, names }, { tasks, models }) {
    const groups = new Map();
    for (const { tag, label, group, until } of tasks) {
      if (!groups.has(group)) groups.set(group, Object.assign(element('optgroup'), { label: group }));
      const gone = until ? ` · until ${long(until)}` : '';
      groups.get(group).append(new Option(label + gone, tag));
    }
    task.replaceChildren(new Option('choose a task', ''), ...groups.values());
    names.replaceChildren(...models.map(([id, name]) => new Option(name, id)));
  }

  function fill({ model, task, date, measure }, claim) {
    model.value = claim.model;
    pick(task, claim.task, `no task ${upright(claim.task)}`);
    date.value = claim.date;
    measure.value = claim.measure;
  }

  function say({ status, proof }, sentence, ...parts) {
    status.textContent = sentence;
    proof.replaceChildren(...parts);
  }

  function notes(texts) {
    return element('div', texts.map((text) => element('p', text)), 'notes');
  }

  function title(text, ...more) {
    return element('h3', [text, ...more]);
  }

  function code(text) {
    return element('pre', element('code', text));
  }

  function copyButton(shown, name) {
    const button = Object.assign(element('button', 'Copy'), { type: 'button', ariaLabel: name });
    button.addEventListener('click', () =>
      navigator.clipboard.writeText(shown.textContent).then(
        () => (button.textContent = 'Copied'),
        () => getSelection().selectAllChildren(shown), // where the browser lets no page copy
      ),
    );
    return button;
  }
};
