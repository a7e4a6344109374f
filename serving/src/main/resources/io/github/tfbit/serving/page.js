'use strict';

const byId = (id) => document.getElementById(id);
const READ_AS_THEY_ARE = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/webp']);
const SHOWN = 5;
let model = { name: 'model' };
let waiting = Promise.resolve();

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function command(file) {
  return `tfbit request ${quoted(file)} |\n  curl -s --data-binary @- \\\n  ${location.origin}/v1/models/${model.name}:predict`;
}

function quoted(name) {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

async function card() {
  const answer = await fetch('card.json');
  model = await answer.json();
  document.title = `${model.name} – tfbit`;
  byId('title').textContent = model.name;
  byId('subtitle').textContent = `Version ${model.version}, served by tfbit`;
  for (const [name, value] of model.facts) {
    byId('card').append(element('dt', name), element('dd', value));
  }
  byId('command').textContent = command('photo.jpg');
}

/** Base 64 of a file's bytes, without the head of a data address. */
function base64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** What the server reads: kinds that only the browser knows become PNG, which loses nothing. */
async function readable(file) {
  if (READ_AS_THEY_ARE.has(file.type) || !file.type.startsWith('image/')) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    return await new Promise((resolve) => canvas.toBlob((png) => resolve(png || file), 'image/png'));
  } catch (error) {
    return file; // the server says what is wrong with it
  }
}

async function ask(file) {
  const bytes = await base64(await readable(file));
  const answer = await fetch(`v1/models/${encodeURIComponent(model.name)}:predict`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ instances: [{ image_bytes: { b64: bytes } }] }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || `status ${answer.status}`);
  return body.predictions[0];
}

function scores(prediction) {
  const list = element('div');
  prediction.classes.slice(0, SHOWN).forEach((name, i) => {
    const score = prediction.scores[i];
    const percent = `${(100 * score).toFixed(1)} %`;
    const line = element('div', undefined, 'score');
    const bar = document.createElement('meter');
    bar.value = score;
    bar.setAttribute('aria-label', `${name} ${percent}`);
    line.append(element('span', name, 'name'), element('span', percent, 'value'), bar);
    list.append(line);
  });
  return list;
}

function show(file) {
  const item = document.createElement('li');
  const picture = document.createElement('img');
  const words = element('div');
  const state = element('p', 'Waiting …');
  picture.alt = '';
  picture.src = URL.createObjectURL(file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  picture.onerror = () => { picture.hidden = true; };
  words.append(element('h3', file.name), state);
  item.append(picture, words);
  byId('results').prepend(item);
  return async () => {
    try {
      state.replaceWith(scores(await ask(file)));
      return true;
    } catch (error) {
      state.textContent = `Not answered: ${error.message}`;
      state.className = 'bad';
      return false;
    }
  };
}

function take(files) {
  const tasks = Array.from(files).map(show);
  if (tasks.length === 0) return;
  byId('command').textContent = command(files[0].name);
  waiting = waiting.then(async () => {
    let done = 0;
    let bad = 0;
    for (const task of tasks) {
      byId('status').textContent = `Picture ${done + 1} of ${tasks.length} …`;
      if (!(await task())) bad++;
      done++;
    }
    const count = done === 1 ? '1 picture' : `${done} pictures`;
    byId('status').textContent = bad === 0 ? `${count} answered.` : `${count}, ${bad} not answered.`;
  });
}

byId('files').addEventListener('change', (event) => {
  take(event.target.files);
  event.target.value = '';
});
for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    byId('drop').classList.add('over');
  });
}
document.addEventListener('dragleave', (event) => {
  if (!event.relatedTarget) byId('drop').classList.remove('over');
});
document.addEventListener('drop', (event) => {
  event.preventDefault();
  byId('drop').classList.remove('over');
  take(event.dataTransfer.files);
});
byId('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(byId('command').textContent);
    byId('copy').textContent = 'Copied';
  } catch (error) {
    getSelection().selectAllChildren(byId('command'));
  }
});
card().catch((error) => { byId('status').textContent = `The server does not answer: ${error.message}`; });
