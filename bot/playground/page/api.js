// The control API of the playground: one function a call, errors with the server's own words.

const ROOT = "/play/api";

/** The server understood and said no; the message is for the person at the page. */
export class Refused extends Error {}

/** The server could not be reached. */
export class Unreachable extends Error {}

async function call(method, path, body) {
  const request = { method, headers: {} };
  if (body instanceof FormData) {
    request.body = body;
  } else if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let response;
  let answer;
  try {
    response = await fetch(ROOT + path, request);
    answer = await response.json();
  } catch (cause) {
    throw new Unreachable(`${method} ${path}`, { cause });
  }
  if (!response.ok) throw new Refused(answer.error ?? String(response.status));
  return answer;
}

const seat = ({ chat, person }) => ({ chat, from: person });

export const state = () => call("GET", "/state");
export const events = (after, wait) => call("GET", `/events?after=${after}&wait=${wait}`);
export const history = ({ chat, person }) => call("GET", `/chat/${chat}?as=${person}&limit=100`);

export const say = (at, text, more = {}) => call("POST", "/say", { ...seat(at), text, ...more });
export const edit = (at, message, text) => call("POST", "/edit", { ...seat(at), message, text });
export const erase = (at, message) => call("POST", "/delete", { chat: at.chat, message });
export const press = (at, message, row, col) => call("POST", "/press", { ...seat(at), message, row, col });
export const shareLocation = (at, lat, lon, more = {}) => call("POST", "/location", { ...seat(at), lat, lon, ...more });
export const shareVenue = (at, place, more = {}) => call("POST", "/venue", { ...seat(at), ...place, ...more });
export const shareContact = (at, phone, whose, more = {}) => call("POST", "/contact", { ...seat(at), phone, whose, ...more });
export const inline = (at, query) => call("POST", "/inline", { from: at.person, query, chat: at.chat });
export const choose = (at, queryId, resultId) =>
  call("POST", "/inline/choose", { ...seat(at), query_id: queryId, result_id: resultId });

export function upload(at, file, kind, more = {}) {
  const form = new FormData();
  const fields = { ...seat(at), kind, ...more };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== "") form.append(name, String(value));
  }
  form.append("file", file, file.name);
  return call("POST", "/upload", form);
}

export const addPerson = (person) => call("POST", "/people", person);
export const changePerson = (id, change) => call("PATCH", `/people/${id}`, change);
export const addGroup = (group) => call("POST", "/groups", group);
export const member = (group, person, act, more = {}) =>
  call("POST", `/groups/${group}/members`, { person, do: act, ...more });
export const migrate = (group) => call("POST", `/groups/${group}/migrate`, {});
export const addTopic = (group, name) => call("POST", `/groups/${group}/topics`, { name });

export const fileAddress = (fileId) => `${ROOT}/file/${encodeURIComponent(fileId)}`;
