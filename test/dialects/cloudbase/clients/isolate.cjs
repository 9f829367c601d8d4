'use strict';

const { URL } = require('node:url');

/**
 * Lets `fetch` reach the gateway and nothing else, and notes what was sent. js-sdk asks a cloud server's metadata service
 * before each call; here it finds none, as on any machine outside that cloud. The SDKs' notices and advice to developers
 * are kept off the console, where the script's result goes.
 */
module.exports = function isolate(gatewayUrl) {
  const silent = () => undefined;
  Object.assign(globalThis.console, { log: silent, info: silent, warn: silent, error: silent });
  const realFetch = globalThis.fetch;
  const sent = [];
  const strayed = [];
  globalThis.fetch = async (input, options = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url);
    if (url.host === 'metadata.tencentyun.com') throw new TypeError('fetch failed');
    if (url.origin !== gatewayUrl) {
      strayed.push(url.origin);
      throw new TypeError('fetch failed');
    }
    sent.push(`${(options.method ?? 'GET').toUpperCase()} ${url.pathname}`);
    return realFetch(input, options);
  };
  return { sent, strayed };
};
