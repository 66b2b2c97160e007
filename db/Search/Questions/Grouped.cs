namespace HealthEquity.Search.Questions;

/// <summary>Values by number, in one array.</summary>
internal sealed class Grouped<T>
{
    private readonly int[] _starts;
    private readonly T[] _values;

    /// <summary>Groups values.</summary>
    /// <param name="values">Each value with the number that leads to it.</param>
    /// <param name="count">How many numbers there are.</param>
    public Grouped(IReadOnlyCollection<(int Number, T Value)> values, int count)
    {
        _starts = new int[count + 1];
        foreach (var (number, _) in values)
        {
            _starts[number + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        var next = _starts.AsSpan().ToArray();
        _values = new T[values.Count];
        foreach (var (number, value) in values)
        {
            _values[next[number]++] = value;
        }
    }

    /// <summary>Takes values that are grouped already.</summary>
    /// <param name="starts">Where the values of each number begin; at the end how many there are.</param>
    /// <param name="values">The values.</param>
    public Grouped(int[] starts, T[] values) => (_starts, _values) = (starts, values);

    /// <summary>Where the values of each number begin.</summary>
    public int[] Starts => _starts;

    /// <summary>All values.</summary>
    public T[] Values => _values;

    /// <summary>The values of a number.</summary>
    public ReadOnlySpan<T> this[int number] => _values.AsSpan(_starts[number], _starts[number + 1] - _starts[number]);
}
