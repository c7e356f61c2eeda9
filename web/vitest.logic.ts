// The one thing of a browser that is asked for when the API's client is loaded.
Object.assign(globalThis, { location: new URL("http://localhost:3000") });
