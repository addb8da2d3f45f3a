# Speaks for ruby-jwt: reads one JSON object from standard input, writes one array to standard output.
#
# ruby_jwt.rb issue    {"privateKey", "asked": [{"payload", "keyId"}]}   -> [{"token"}]
# ruby_jwt.rb verify   {"publicKey", "tokens"}                           -> [{"payload"} or {"error"}]
# ruby_jwt.rb ready    {}                                                -> [{"version"}]

require 'json'
require 'jwt'

def issue(data)
  key = OpenSSL::PKey::RSA.new(data['privateKey'])
  data['asked'].map do |asked|
    header = asked.key?('keyId') ? { kid: asked['keyId'] } : {}
    { token: JWT.encode(asked['payload'], key, 'RS256', header) }
  end
end

def verify(data)
  key = OpenSSL::PKey::RSA.new(data['publicKey'])
  data['tokens'].map do |token|
    payload, = JWT.decode(token, key, true, algorithm: 'RS256')
    { payload: payload }
  rescue JWT::DecodeError => error
    { error: error.class.name }
  end
end

def ready(_data)
  [{ version: JWT.gem_version.to_s }]
end

print JSON.generate(send(ARGV.fetch(0), JSON.parse($stdin.read)))
