import fs from 'fs';

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

// One PEM block after the other, read at every request: a change of keys needs no reload.
function keys() {
  const blocks = fs.readFileSync('/etc/apijwt/keys.pem', 'utf8').split('-----END PUBLIC KEY-----').slice(0, -1);
  return blocks.map(block => Buffer.from(block.replace('-----BEGIN PUBLIC KEY-----', '').replace(/\s/g, ''), 'base64'));
}

async function isSigned(text, signature) {
  const all = keys();
  for (let i = 0; i < all.length; i++) {
    const key = await crypto.subtle.importKey('spki', all[i], RS256, false, ['verify']);
    if (await crypto.subtle.verify(RS256, key, signature, text)) {
      return true;
    }
  }
  return false;
}

function json(part) {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) || {};
  } catch (e) {
    return {};
  }
}

async function verdict(authorization) {
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization);
  if (!parts || json(parts[1]).alg !== 'RS256' || !await isSigned(`${parts[1]}.${parts[2]}`, Buffer.from(parts[3], 'base64url'))) {
    return 401;
  }
  const claims = json(parts[2]);
  if (typeof claims.exp !== 'number' || claims.exp <= Date.now() / 1000) {
    return 401;
  }
  return claims.iss === 'auth_support' && String(claims.scopes).split(',').includes('support:mobile') ? 200 : 403;
}

async function check(r) {
  const status = await verdict(r.headersIn.Authorization);
  if (status === 200) {
    r.internalRedirect('@api');
    return;
  }
  if (status === 401) {
    r.headersOut['WWW-Authenticate'] = 'Bearer';
  }
  r.return(status);
}

export default { check };
