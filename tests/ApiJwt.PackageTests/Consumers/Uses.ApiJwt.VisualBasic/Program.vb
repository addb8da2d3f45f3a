Imports ApiJwts

Module Program
    Sub Main()
        Dim jwt As New HudyaJwt(New ApiJwtOptions With {.PrivateKey = RsaKeyPair.Generate().PrivateKeyPem})
        Dim token = jwt.Encode(New TokenRequest With {.Subject = "ann", .Key = "support", .Scopes = {"support:mobile"}})
        Console.WriteLine(jwt.Decode(token).Payload.Subject)
    End Sub
End Module

Public Class HudyaJwt
    Inherits ApiJwt

    Public Sub New(options As ApiJwtOptions)
        MyBase.New(options)
        Policy.AllowKey("support", "auth_support", {"support:mobile"})
    End Sub
End Class
