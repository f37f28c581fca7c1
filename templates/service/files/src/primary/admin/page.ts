/** The cluster on one page, for a person: what GET /status tells, each second, with its last minutes as lines, and buttons for the actions. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Workers</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 86rem; padding: 0 1rem; color: #222; background: #fff }
  table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
  th, td { text-align: right; padding: .35rem .5rem; border-bottom: 1px solid #ddd; font-variant-numeric: tabular-nums; white-space: nowrap }
  th:first-child, td:first-child, td:last-child { text-align: left }
  button { font: inherit; padding: .1rem .5rem }
  svg { width: 5rem; height: 1.6rem; vertical-align: middle } polyline { fill: none; stroke: #2a6fdb; stroke-width: 1.5 }
  .starting, .draining { color: #a60 } .ready { color: #070 } #note { color: #a00; min-height: 1.5em }
  @media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } th, td { border-color: #333 } .ready { color: #6c6 } #note { color: #f88 } }
</style>
<h1>Workers</h1>
<p id="summary">Loading …</p>
<p>
  <button data-action="POST /reload">Rolling reload</button>
  <button data-action="PUT /workers" data-by="1">One more</button>
  <button data-action="PUT /workers" data-by="-1">One less</button>
  <a href="/metrics">Metrics</a>
</p>
<p id="note" role="status"></p>
<table>
  <thead><tr><th>worker<th>state<th>pid<th>up<th>restarts<th>in flight<th>loop delay p99<th>loop use<th><th>heap<th><th>memory<th></tr></thead>
  <tbody></tbody>
</table>
<script>
  const POINTS = 300;
  const history = new Map();
  const element = (id) => document.getElementById(id);
  let wanted = 1;

  async function call(method, path, body) {
    const token = sessionStorage.getItem('token');
    const answer = await fetch(path, { method, body, headers: token ? { authorization: 'Bearer ' + token } : {} });
    if (answer.status === 401) {
      const given = prompt('ADMIN_TOKEN');
      if (given === null) throw new Error('A token is needed.');
      sessionStorage.setItem('token', given);
      return call(method, path, body);
    }
    const json = await answer.json();
    if (!answer.ok) throw new Error(json.detail ?? json.title ?? answer.statusText);
    return json;
  }

  function line(key, value) {
    const values = history.get(key) ?? [];
    history.set(key, [...values, value].slice(-POINTS));
    const highest = Math.max(...history.get(key), 1e-9);
    const points = history.get(key).map((each, index) => (index * 100) / POINTS + ',' + (20 - (18 * each) / highest)).join(' ');
    return '<svg viewBox="0 0 100 20" preserveAspectRatio="none"><polyline points="' + points + '"/></svg>';
  }

  const megabytes = (bytes) => (bytes / 1048576).toFixed(0) + ' MB';
  const duration = (ms) => (ms < 120000 ? (ms / 1000).toFixed(0) + ' s' : ms < 7200000 ? (ms / 60000).toFixed(0) + ' min' : (ms / 3600000).toFixed(1) + ' h');

  function row(worker) {
    const action = (name, label) => '<button data-action="POST /workers/' + worker.id + '/' + name + '">' + label + '</button> ';
    const cells = [
      worker.slot, '<span class="' + worker.state + '">' + worker.state + (worker.overloaded ? ', overloaded' : '') + '</span>', worker.pid, duration(worker.uptimeMs), worker.restarts,
      worker.inFlight, worker.eventLoopDelayP99Ms.toFixed(0) + ' ms', (worker.eventLoopUtilization * 100).toFixed(0) + ' %', line('use' + worker.id, worker.eventLoopUtilization),
      megabytes(worker.heapUsedBytes), line('heap' + worker.id, worker.heapUsedBytes), megabytes(worker.rssBytes),
      worker.state === 'ready' ? action('restart', 'Restart') + action('heap-snapshot', 'Heap snapshot') + action('cpu-profile?seconds=10', 'CPU profile') : '',
    ];
    return '<tr>' + cells.map((cell) => '<td>' + cell).join('');
  }

  async function refresh() {
    try {
      const status = await call('GET', '/status');
      wanted = status.wanted;
      const last = status.reload.last;
      element('summary').textContent = 'Version ' + status.version + ', up ' + duration(status.uptimeMs) + ', ' + status.wanted + ' workers wanted, ' + status.restarts + ' restarts' +
        (status.crashLoop ? ', CRASH LOOP' : '') + (status.reload.running ? ', reloading' : last ? ', last reload ' + last.outcome + (last.reason ? ': ' + last.reason : '') : '');
      document.querySelector('tbody').innerHTML = status.workers.map(row).join('');
    } catch (error) {
      element('summary').textContent = 'No answer: ' + error.message;
    }
    setTimeout(refresh, 1000);
  }

  document.addEventListener('click', async ({ target }) => {
    if (!target.dataset.action) return;
    const [method, path] = target.dataset.action.split(' ');
    const body = target.dataset.by ? JSON.stringify({ count: wanted + Number(target.dataset.by) }) : undefined;
    element('note').textContent = '…';
    try {
      const done = await call(method, path, body);
      element('note').textContent = done.file ? 'Written: ' + done.file : done.status ?? 'Done';
    } catch (error) {
      element('note').textContent = error.message;
    }
  });
  refresh();
</script>
</html>
`;
