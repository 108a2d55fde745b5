// The people side of the sandbox, call by call (see the crate's README).

const BASE = "/sandbox/v1";

/** An answer that the sandbox refused; `message` is its own sentence. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError("The sandbox does not answer. Is it still running?", 0);
  }
  const text = await response.text();
  let answer = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    answer = null;
  }
  if (!response.ok) {
    throw new ApiError(answer?.error ?? `The sandbox answered ${response.status}.`, response.status);
  }
  return answer;
}

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given)}` : "";
};

export const api = {
  world: () => call("GET", "/world"),
  clock: () => call("GET", "/clock"),
  moveClock: (how) => call("POST", "/clock", how),
  commands: (as, guild) => call("GET", `/commands${query({ as, guild })}`),
  channels: (as, guild) => call("GET", `/channels${query({ as, guild })}`),
  messages: (as, channel) => call("GET", `/channels/${channel}/messages${query({ as })}`),
  inbox: (as) => call("GET", `/inbox${query({ as })}`),
  command: (body) => call("POST", "/command", body),
  userCommand: (body) => call("POST", "/user-command", body),
  autocomplete: (body) => call("POST", "/autocomplete", body),
  click: (body) => call("POST", "/click", body),
  select: (body) => call("POST", "/select", body),
  modal: (body) => call("POST", "/modal", body),
  message: (body) => call("POST", "/message", body),
  addUser: (body) => call("POST", "/users", body),
  setDms: (user, open) => call("POST", `/users/${user}/dms`, { open }),
  coming: (as, guild) => call("GET", `/scheduled-events${query({ as, guild })}`),
  takeInterest: (event, as, interested) => call("POST", `/scheduled-events/${event}`, { as, interested }),
  attachmentPath: (message, index) => `${BASE}/messages/${message}/attachments/${index}`,
};

/** Everything that happens to messages which `as` can see. Returns a function that ends the stream. */
export function listen(as, handle, reconnected) {
  const source = new EventSource(`${BASE}/events${query({ as })}`);
  let broken = false;
  const pass = (name) => (event) => {
    let data = null;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    const message = typeof data.message === "object" ? data.message : { id: data.message };
    handle(name ?? data.type ?? "message_create", data.message ? { channel: data.channel, ...message } : data);
  };
  for (const name of ["message_create", "message_update", "message_delete", "channels", "clock", "anew"]) {
    source.addEventListener(name, pass(name));
  }
  source.addEventListener("message", pass(null));
  source.addEventListener("error", () => (broken = true));
  source.addEventListener("open", () => {
    if (broken) reconnected();
    broken = false;
  });
  return () => source.close();
}
