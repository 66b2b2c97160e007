using HealthEquity.Search.Questions;

// The build of the search runs this: the folder of the lists, and the file to write.
if (args is not [var lists, var file])
{
    Console.Error.WriteLine("Usage: HealthEquity.ExpressionCompiler LISTS FILE");
    return 2;
}

try
{
    var expressions = ExpressionCompiler.Compile(ExpressionList.In(lists));
    using var stream = File.Create(file);
    ExpressionFile.Write(expressions, stream);
    return 0;
}
catch (FormatException fault)
{
    // In this form it is an error of the build.
    Console.Error.WriteLine($"{lists} : error EXPRESSION : {fault.Message}");
    return 1;
}
