namespace Hudya.Fuzz;

/// <summary>Reports that the library broke a promise. The fuzzer records it as a crash.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void Unless(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }
}
