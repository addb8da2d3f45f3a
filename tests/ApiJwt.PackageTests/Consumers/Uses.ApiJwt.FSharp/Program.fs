module Hudya.Services.Program

open ApiJwts

type HudyaJwt(options: ApiJwtOptions) as jwt = inherit ApiJwt(options) do jwt.Policy.AllowKey("support", "auth_support", ["support:mobile"])

let jwt = HudyaJwt(ApiJwtOptions(PrivateKey = RsaKeyPair.Generate().PrivateKeyPem))
let token = jwt.Encode(TokenRequest(Subject = "ann", Key = "support", Scopes = [| "support:mobile" |]))

match jwt.Decode(token).Payload with
| null -> printfn "refused"
| payload -> printfn "%s" payload.Subject
