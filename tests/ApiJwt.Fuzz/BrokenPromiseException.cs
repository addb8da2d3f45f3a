namespace Hudya.Fuzz;

/// <summary>What the fuzzer reports as a crash: the library did what it promises never to do.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void Unless(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }
}
